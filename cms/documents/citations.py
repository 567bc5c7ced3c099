"""Find the document that a text means by its number, and link the number to it.

A number alone names a document only within one body: "15/2024/QĐ-UBND" exists once in the
province and once in every district. A document is found among those of the citing unit and of the
units above it, by the number's most exact key, and by the level that the text names ("của UBND
tỉnh"). Where more than one fits, there is no link: a wrong one is worse than none.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.html import escape, format_html

from cms.listings.models import Entry
from search.text import DocumentNumber, document_numbers, fold, nfc
from sites.units.models import AdministrativeUnit, Tier

if TYPE_CHECKING:
    from .models import DocumentPage

TAG = re.compile(r"(<!--.*?-->|<(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)
TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# No links in links, headings, and what is no running text.
CLOSED = {
    "a", "button", "caption", "code", "h1", "h2", "h3", "h4", "h5", "h6", "label", "option",
    "script", "select", "style", "summary", "svg", "textarea", "title",
}  # fmt: skip
LOOK_AHEAD = 90
LEVEL = re.compile(
    r"\b(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)\s+"
    r"(tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran)\b"
)
CENTRAL = re.compile(r"\bcua\s+(?:quoc hoi|chinh phu|thu tuong|uy ban thuong vu|bo\s)")
TIERS = {
    "tinh": {Tier.PROVINCE}, "thanh pho": {Tier.PROVINCE, Tier.DISTRICT},
    "huyen": {Tier.DISTRICT}, "quan": {Tier.DISTRICT}, "thi xa": {Tier.DISTRICT},
    "xa": {Tier.COMMUNE}, "phuong": {Tier.COMMUNE}, "thi tran": {Tier.COMMUNE},
}  # fmt: skip

Candidates = dict[str, list["DocumentPage"]]


def find(text: str, unit: AdministrativeUnit, citing: int | None = None) -> DocumentPage | None:
    """The one document that the first number of a text means, or None. At most one query."""
    numbers = document_numbers(text) or document_numbers(f"số {text}")
    if not numbers:
        return None
    candidates = _candidates([numbers[0].key], unit)
    return _choose(numbers[0], text, candidates, citing)


def link_numbers(
    markup: str, unit: AdministrativeUnit, citing: int | None, here: HttpRequest | None
) -> str:
    """HTML in which numbers of known documents are links. One query, none without numbers.

    `here` is the request, so that links within its site are paths.
    """
    found: dict[int, tuple[str, list[DocumentNumber]]] = {}
    parts = TAG.split(markup)
    for at, text in _running_text(parts):
        numbers = document_numbers(text)
        if numbers:
            found[at] = (nfc(text), numbers)
    if not found:
        return markup
    keys = {number.key for _text, numbers in found.values() for number in numbers}
    candidates = _candidates(keys, unit)
    if not candidates:
        return markup
    for at, (text, numbers) in found.items():
        parts[at] = _with_links(text, numbers, candidates, citing, here)
    return "".join(parts)


def _running_text(parts: list[str]) -> Iterator[tuple[int, str]]:
    """The texts between tags (even parts) in which links may stand."""
    closed = 0
    for at, part in enumerate(parts):
        if at % 2 == 0:
            if part and not closed:
                yield at, html.unescape(part)
            continue
        name = TAG_NAME.match(part)
        if name and name[1].lower() in CLOSED and not part.endswith("/>"):
            closed = max(0, closed + (-1 if part.startswith("</") else 1))


def _candidates(keys: Iterable[str], unit: AdministrativeUnit) -> Candidates:
    """Readable documents of the unit and the units above it, by key. One query."""
    from .models import DocumentPage

    wanted = set(keys)
    steps = unit.path.rstrip("/").split("/")
    line = ["/".join(steps[:end]) + "/" for end in range(1, len(steps) + 1)]
    readable = Entry.objects.filter(page=OuterRef("pk"), distribution=None)
    documents = DocumentPage.objects.filter(
        Exists(readable), number_keys__overlap=list(wanted), unit__path__in=line
    )
    found: Candidates = defaultdict(list)
    for document in documents.select_related("unit", "issuer").defer_streamfields():
        for key in wanted.intersection(document.number_keys):
            found[key].append(document)
    return found


def _choose(
    number: DocumentNumber, text: str, candidates: Candidates, citing: int | None
) -> DocumentPage | None:
    after = fold(text[number.end : number.end + LOOK_AHEAD]).partition(";")[0]
    fitting = [
        document
        for document in candidates.get(number.key, [])
        if document.pk != citing and _is_of(document, after)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_of(document: DocumentPage, after: str) -> bool:
    """Whether a document comes from the body that the text names after its number, if any."""
    if CENTRAL.search(after):
        return not document.issuer.is_local
    level = LEVEL.search(after)
    if not level:
        return True
    return bool(
        document.issuer.is_local and document.unit and document.unit.tier in TIERS[level[1]]
    )


def _with_links(
    text: str,
    numbers: list[DocumentNumber],
    candidates: Candidates,
    citing: int | None,
    here: HttpRequest | None,
) -> str:
    parts, at = [], 0
    for number in numbers:
        document = _choose(number, text, candidates, citing)
        address = document.get_url(here) if document else None
        if not document or not address:
            continue
        link = format_html(
            '<a class="cited" href="{}" title="{}">{}</a>',
            address, document.title, text[number.start : number.end],
        )  # fmt: skip
        parts += [escape(text[at : number.start]), link]
        at = number.end
    return "".join([*parts, escape(text[at:])])
