"""Documents for other pages."""

from __future__ import annotations

from django.http import HttpRequest

from cms.listings.queries import Shelf
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit

from .listing import DocumentRow, rows_of

SECTION = "van-ban"


def latest_documents(
    request: HttpRequest, unit: AdministrativeUnit, limit: int = 5
) -> list[DocumentRow]:
    """The newest documents that the section for documents of a unit's site shows."""
    sections = sections_of(request, unit)
    link = next((page for page in sections.pages if page.slug == SECTION), None)
    if link is None or link.section_id is None:
        return []
    shelf = Shelf(unit, link.section_id, sections.sources_of(link.section_id), "document")
    return rows_of(shelf.newest(limit), sections)
