"""From pages to search documents: a constant number of queries for any number of pages."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import PageViewRestriction

from search.files.texts import Attached, with_files
from search.meaning.work import stored_vectors
from search.text import IndexText, analyse, clean
from sites.distribution.models import Distribution
from sites.hosts.pages import get_page_model
from sites.units.models import AdministrativeUnit

from .facts import Facts
from .models import FACT, SearchDocument, one_of
from .vectors import Heads, finding, whole, written

logger = logging.getLogger("liencap.search")

# To be raised when `vectors.py` writes other lexemes for the same text: documents then differ.
VECTORS = 6
# Longer texts are indexed and highlighted up to here (code points).
MAX_BODY = 200_000


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a page in one language, plain and clean."""

    title: str
    summary: str
    body: str

    def as_json(self) -> dict[str, str]:
        """As the read model stores them."""
        return {"title": self.title, "summary": self.summary, "body": self.body}


def compute_documents(page_ids: Iterable[int]) -> dict[int, SearchDocument]:
    """The documents that pages should have now, by page id; version 0, not saved, and without
    vectors: call `fill_vectors` before saving one.

    Pages that readers must not find (drafts, private pages, no article) have none. Expiry and the
    period of a distribution are part of the document and are judged when somebody asks.
    """
    heads = _public_heads(list(page_ids))
    units = AdministrativeUnit.objects.in_bulk({head["unit_id"] for head in heads.values()})
    standing = Distribution.objects.standing().filter(one_of(heads, "page_id"))
    distributions = {item.page_id: item for item in standing}
    vectors = stored_vectors(heads)
    tags = get_page_model().search_tags(heads)
    documents = {}
    for kind, page, files in _specific_pages(heads):
        # A page that moves at this moment is queued again; its unit may be another one by now.
        unit = units[heads[page.pk]["unit_id"]]
        try:
            vector = vectors.get(page.pk)
            texts = _texts(page, tags.get(page.pk, []))
            document = _document(page, kind, unit, distributions.get(page.pk), texts, files, vector)
            documents[page.pk] = document
        except Exception:  # noqa: BLE001
            # One page whose data are damaged must not keep all others out of the index.
            logger.exception("Page %s cannot be made searchable.", page.pk)
    return documents


def fill_vectors(documents: Iterable[SearchDocument]) -> None:
    """Write the vectors of computed documents. A quarter of the work, and needed for few of them:
    most documents that are computed again turn out to be what is stored."""
    for document in documents:
        document.vectors()


def searchable_ids() -> Iterator[int]:
    """The ids of all pages that may have a document."""
    pages = get_page_model().objects.order_by("pk").filter(live=True, listed=True)
    ids: Iterator[int] = pages.values_list("pk", flat=True).iterator(chunk_size=5000)
    return ids


def _public_heads(page_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Id, path, type and unit of those pages that everybody may read. Two queries."""
    pages = get_page_model().objects.order_by()
    pages = pages.filter(one_of(page_ids), live=True, listed=True, unit__isnull=False)
    private = tuple(PageViewRestriction.objects.order_by().values_list("page__path", flat=True))
    found = pages.values("pk", "path", "content_type_id", "unit_id")
    return {head["pk"]: head for head in found if not head["path"].startswith(private)}


def _specific_pages(heads: dict[int, dict[str, Any]]) -> Iterator[tuple[str, Any, Attached]]:
    """`(type, page, files)` for each head, the page as its own type. One query per type, and two
    per 25 pages with files."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, head in heads.items():
        by_type[head["content_type_id"]].append(pk)
    for content_type in _types(by_type):
        model = content_type.model_class()
        if model is None:
            continue
        kind = content_type.model.removesuffix("page") or content_type.model
        pages = list(model._base_manager.filter(one_of(by_type[content_type.pk])))
        for page, files in with_files(pages):
            yield kind, page, files


def _types(ids: Iterable[int]) -> list[ContentType]:
    return [ContentType.objects.get_for_id(pk) for pk in ids]


def _document(
    page: Any,
    kind: str,
    unit: AdministrativeUnit,
    distribution: Distribution | None,
    texts: dict[str, Texts],
    files: Attached,
    vector: str | None,
) -> SearchDocument:
    analysed = {code: _analyse(text) for code, text in texts.items()}
    facts: Facts = page.search_facts()
    area = unit.path.rstrip("/").split("/")
    document = SearchDocument(
        page_id=page.pk,
        version=0,
        unit_id=unit.pk,
        tier=unit.tier,
        province=area[0],
        area=area,
        section_id=page.section_id,
        type=kind,
        kind=facts.kind[:FACT],
        field=facts.field[:FACT],
        issuer=facts.issuer[:FACT],
        validity=facts.validity[:FACT],
        public_at=page.public_at,
        year=timezone.localtime(page.public_at).year,
        expire_at=page.expire_at,
        source_id=page.source_id,
        languages=list(texts),
        audience=distribution.audience if distribution else [],
        policy=distribution.policy if distribution else "",
        starts_at=distribution.starts_at if distribution else None,
        ends_at=distribution.ends_at if distribution else None,
        texts={code: text.as_json() for code, text in texts.items()},
        file_ids=list(files.ids),
        file_types=list(files.types),
    )
    accents = _accents(analysed)
    own = _own_numbers(facts)
    attached = analyse(files.text)
    document.vectors = partial(_fill_vectors, document, analysed, accents, own, attached)
    payload = _payload(document, analysed, accents, own, attached)
    if vector:
        payload["meaning"] = vector
    document.payload = orjson.dumps(payload).decode()
    document.digest = _digest(document)
    return document


def _texts(page: Any, tags: Sequence[str]) -> dict[str, Texts]:
    """The languages that a page is offered in, with their texts. Tags are Vietnamese."""
    found = {}
    for code in page.languages():
        own = code == settings.LANGUAGE_CODE
        title = page.title if own else getattr(page, build_localized_fieldname("headline", code))
        summary = getattr(page, build_localized_fieldname("summary", code)) or ""
        body = page.search_body(code)[:MAX_BODY]
        text = "\n".join((body, *tags)) if own and tags else body
        found[code] = Texts(clean(title), clean(summary), clean(text))
    return found


def _analyse(text: Texts) -> tuple[IndexText, IndexText, IndexText]:
    title, summary, body = (
        analyse(part, is_clean=True) for part in (text.title, text.summary, text.body)
    )
    return title, summary, body


Analysed = dict[str, tuple[IndexText, IndexText, IndexText]]


def _accents(analysed: Analysed) -> list[str]:
    """The different tokens that are written with accents, in all texts together."""
    return sorted(set().union(*(text.accents for parts in analysed.values() for text in parts)))


def _own_numbers(facts: Facts) -> list[str]:
    """The keys under which the page itself is a document, not only mentions one."""
    keys = (key for text in facts.numbers for key in analyse(text).numbers)
    return list(dict.fromkeys(keys))


def _fill_vectors(
    document: SearchDocument,
    analysed: Analysed,
    accents: list[str],
    own: list[str],
    files: IndexText,
) -> None:
    heads = Heads()
    for title, summary, _body in analysed.values():
        heads.add(title, "A")
        heads.add(summary, "B")
    titles = [title for title, _, _ in analysed.values()]
    everything = [text for parts in analysed.values() for text in parts]
    document.heads = str(heads)
    document.words = finding(titles, everything, files, own, [str(document.unit_id), document.type])
    document.accents = written("=" + token for token in accents)


def _payload(
    document: SearchDocument,
    analysed: Analysed,
    accents: list[str],
    own: list[str],
    files: IndexText,
) -> dict[str, Any]:
    """The document for Elasticsearch; its fields are mapped in `elastic.MAPPINGS`."""
    everything = [text for parts in analysed.values() for text in parts]
    titles = [title for title, _, _ in analysed.values()]
    heads = [text for title, summary, _ in analysed.values() for text in (title, summary)]
    numbers = [*own, *(key for text in (*everything, files) for key in text.numbers)]
    return {
        "page_id": document.page_id,
        "unit": document.unit_id,
        "area": document.area,
        "tier": document.tier,
        "province": document.province,
        "section": document.section_id,
        "type": document.type,
        "kind": document.kind or None,
        "field": document.field or None,
        "issuer": document.issuer or None,
        "validity": document.validity or None,
        "file_types": document.file_types,
        "public_at": _iso(document.public_at),
        "year": document.year,
        "expire_at": _iso(document.expire_at),
        "languages": document.languages,
        "audience": document.audience,
        "policy": document.policy,
        "starts_at": _iso(document.starts_at),
        "ends_at": _iso(document.ends_at),
        "numbers": list(dict.fromkeys(numbers)),
        "own_numbers": own,
        "title": [text.folded for text in titles],
        "whole_title": [whole(text.folded.split()) for text in titles],
        "title_exact": [text.exact for text in titles],
        "heads": [text.folded for text in heads],
        "heads_exact": [text.exact for text in heads],
        "text": [text.folded for text in (*everything, files) if text.folded],
        "accents": accents,
        # Only needed where a file may be what matches.
        "own_text": [text.folded for text in everything] if files.folded else [],
    }


def _digest(document: SearchDocument) -> str:
    """Equal for equal documents: what is stored is compared by it."""
    stored = [VECTORS, document.texts, document.source_id, document.file_ids]
    shown = orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)
    content = document.payload.encode() + b"\n" + shown
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _iso(moment: datetime.datetime | None) -> str | None:
    return moment.astimezone(datetime.UTC).isoformat() if moment else None
