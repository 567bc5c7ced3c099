"""Documents of the centre, the province, three districts and six communes."""

from __future__ import annotations

import re
from typing import Any

from cms.documents.models import DocumentFile, DocumentPage, DocumentRelation
from cms.listings.keeping import keep
from cms.vocabularies.models import DocumentKind, Field, Issuer

from ..content_files import Raw
from .common import Desk, entries, morning, paragraphs
from .files import scanned_pdf, store_pdf, text_pdf

SECTION = "van-ban"
MARKS = re.compile(r"\*\*")


def fill_documents(desk: Desk) -> None:
    """Pages, then files and relations, then distributions."""
    kinds = {kind.code: kind for kind in DocumentKind.objects.all()}
    issuers = {issuer.code: issuer for issuer in Issuer.objects.all()}
    fields = {field.code: field for field in Field.objects.all()}
    written: list[tuple[str, Raw, DocumentPage]] = []
    for raw in entries("documents", "document"):
        for code in raw["units"]:
            page = _page(raw, code, desk)
            page.kind, page.issuer = kinds[raw["kind"]], issuers[raw["issuer"]]
            page.field = fields[raw["field"]]
            written.append((code, raw, page))
    desk.insert([(code, SECTION, page) for code, _raw, page in written])
    for code, raw, page in written:
        _add_file(desk, code, raw, page)
    DocumentRelation.objects.bulk_create(
        relation for _code, raw, page in written for relation in _relations(desk, raw, page)
    )
    keep([page.pk for _code, _raw, page in written])
    for code, raw, page in written:
        audience = raw.get("audience") or ([f"under:{code}"] if raw.get("below") else [])
        if audience:
            desk.push(page, audience)


def _page(raw: Raw, code: str, desk: Desk) -> DocumentPage:
    words = desk.words(code)
    key = raw["key"] if len(raw["units"]) == 1 else f"{raw['key']}-{code}"
    english = raw.get("en", "")
    return DocumentPage(
        source_id=f"demo:document:{key}",
        title=raw["title"].format(**words),
        slug=f"{raw['number']}-{raw['title'].format(**words)}"[:100],
        headline_en=english,
        number=raw["number"],
        summary_vi=raw.get("summary", ""),
        signer_position=raw.get("position", ""),
        issued_on=raw["issued"],
        effective_on=raw.get("effective"),
        expires_on=raw.get("expires"),
        public_at=morning(raw["issued"]),
        body_vi=paragraphs(text.format(**words) for text in raw.get("paragraphs", [])),
    )


def _add_file(desk: Desk, code: str, raw: Raw, page: DocumentPage) -> None:
    how = raw.get("file")
    if not how:
        return
    make = text_pdf if how == "text" else scanned_pdf
    words = desk.words(code)
    lines = [MARKS.sub("", text.format(**words)) for text in raw.get("paragraphs", [])]
    head = f"{page.kind.name} số {page.number}"
    data = make(head, page.title, lines or [raw.get("position", "")])
    document = store_pdf(desk.units[code], f"{page.number} {page.kind.name}", data)
    DocumentFile.objects.create(page=page, document=document, label="Toàn văn", sort_order=0)


def _relations(desk: Desk, raw: Raw, page: DocumentPage) -> list[DocumentRelation]:
    found = []
    for order, (kind, key) in enumerate(raw.get("relations", [])):
        target: Any = desk.pages[key]
        found.append(
            DocumentRelation(
                page=page, kind=kind, target=target, number=target.number, sort_order=order
            )
        )
    return found
