"""Notices for other pages: the urgent ones, and those whose deadline has not passed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from cms.listings.items import address_here, items_of
from cms.listings.keeping import own_token
from cms.listings.queries import Filter, Listed, Shelf, State
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit
from themes.surroundings import surroundings_of

from .models import NoticePage

SECTIONS = ("thong-bao", "dau-thau-tuyen-dung")
MOST_URGENT = 5
URGENT = """
    SELECT p.*, n.* FROM notices_noticepage n JOIN basepage_basepage p ON p.id = n.basepage_ptr_id
    WHERE n.urgent_until > now() AND EXISTS (
        SELECT 1 FROM listings_entry e WHERE e.page_id = p.id AND e.type = 'notice'
        AND (e.token = %(own)s OR e.token = ANY(%(tokens)s) AND e.policy = 'mandatory')
        AND (e.shows_from IS NULL OR e.shows_from <= now())
        AND (e.shows_until IS NULL OR e.shows_until > now()))
    ORDER BY p.public_at DESC, p.id DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class UrgentNotice:
    """What stands above everything."""

    page: NoticePage
    url: str
    is_received: bool


def urgent_for(request: HttpRequest, unit: AdministrativeUnit) -> list[UrgentNotice]:
    """Urgent notices of the unit, and those that levels above made mandatory for it.

    One query, on every page of every site; written out, because putting it together from parts
    took longer than running it.
    """
    parameters = {"own": own_token(unit.pk), "tokens": unit.tokens(), "most": MOST_URGENT}
    around = surroundings_of(request)
    units = {tier.unit.pk: tier.unit for tier in around.tiers} if around else {}
    found = []
    for page in NoticePage.objects.raw(URGENT, parameters):
        if page.unit_id in units:
            page.unit = units[page.unit_id]
        received = page.unit_id != unit.pk
        link = sections_of(request, unit).page_for(page.section_id) if received else None
        address = address_here(page, link) if received else page.get_url(request) or ""
        found.append(UrgentNotice(page, address, received))
    return found


def open_notices(request: HttpRequest, unit: AdministrativeUnit, limit: int = 6) -> list[Item]:
    """The newest notices that are not closed, over the sections for notices, urgent or not."""
    sections = sections_of(request, unit)
    listed: list[Listed] = []
    for link in sections.pages:
        if link.slug in SECTIONS and link.section_id:
            shelf = Shelf(unit, link.section_id, sections.sources_of(link.section_id), "notice")
            listed += shelf.newest(limit, Filter(state=State.IN_FORCE))
    listed.sort(key=lambda entry: (entry.dated, entry.page_id), reverse=True)
    return items_of(listed[:limit], NoticePage.objects.defer_streamfields(), sections)
