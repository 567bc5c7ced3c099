"""Documents as editors make them."""

from __future__ import annotations

import datetime
from typing import Any

from cms.basepage.models import BasePage
from cms.documents.models import DocumentPage, DocumentRelation
from cms.vocabularies.models import DocumentKind, Field, Issuer
from sites.units.models import AdministrativeUnit
from tests.factories import section_of


def make_document(
    unit: AdministrativeUnit,
    number: str = "15/2024/QĐ-UBND",
    title: str = "Ban hành Quy định về cấp nước sạch nông thôn",
    *,
    kind: str = "quyet-dinh",
    issuer: str = "ubnd",
    field: str = "nong-nghiep",
    issued: str = "2024-03-05",
    section: str = "van-ban",
    live: bool = True,
    relations: list[dict[str, Any]] | None = None,
    **values: Any,
) -> DocumentPage:
    """A document with a revision, published unless `live=False`."""
    page = DocumentPage(
        title=title,
        number=number,
        kind=DocumentKind.objects.get(code=kind),
        issuer=Issuer.objects.get(code=issuer),
        field=Field.objects.get(code=field),
        issued_on=datetime.date.fromisoformat(issued),
        live=live,
        **values,
    )
    for relation in relations or []:
        page.relations.add(DocumentRelation(**relation))
    section_of(unit, section).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return DocumentPage.objects.get(pk=page.pk)


def path_of(page: BasePage) -> str:
    """The address of a page on its own site."""
    parts = page.get_url_parts()
    assert parts
    return parts[2]
