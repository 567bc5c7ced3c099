"""Procedures for other pages."""

from __future__ import annotations

from django.http import HttpRequest

from cms.listings.items import items_of
from cms.listings.queries import Filter, Shelf
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit

from .listing import MOST
from .models import ProcedurePage

SECTION = "thu-tuc-hanh-chinh"


def most_used_procedures(
    request: HttpRequest, unit: AdministrativeUnit, limit: int = 6
) -> list[Item]:
    """The procedures that editors marked as most used, of those that a unit's site shows.

    Those of the unit's own level come first. Four queries.
    """
    sections = sections_of(request, unit)
    link = next((page for page in sections.pages if page.slug == SECTION), None)
    if link is None or link.section_id is None:
        return []
    shelf = Shelf(unit, link.section_id, sections.sources_of(link.section_id), "procedure")
    own = shelf.newest(MOST, Filter(kind=unit.tier))
    listed = {entry.page_id: entry for entry in own or shelf.newest(MOST)}
    used = ProcedurePage.objects.filter(pk__in=listed, is_popular=True).order_by("sort_text")
    chosen = [listed[pk] for pk in used.values_list("pk", flat=True)[:limit]]
    return items_of(chosen, ProcedurePage.objects.defer_streamfields(), sections)
