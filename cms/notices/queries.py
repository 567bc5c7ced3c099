"""Notices for other pages: the urgent ones, and those whose deadline has not passed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from cms.listings.items import address_here, items_of
from cms.listings.keeping import own_token
from cms.listings.models import Entry
from cms.listings.queries import Filter, Listed, Shelf, State
from sites.distribution.listing import Item
from sites.distribution.models import Policy
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit

from .models import NoticePage

SECTIONS = ("thong-bao", "dau-thau-tuyen-dung")
MOST_URGENT = 5


@dataclass(frozen=True, slots=True)
class UrgentNotice:
    """What stands above everything."""

    page: NoticePage
    url: str
    is_received: bool


def urgent_for(request: HttpRequest, unit: AdministrativeUnit) -> list[UrgentNotice]:
    """Urgent notices of the unit, and those that levels above made mandatory for it.

    One query when there are none; the addresses of received ones need the site's sections, which
    every page reads anyway.
    """
    now = timezone.now()
    reaches = Q(token=own_token(unit.pk)) | Q(token__in=unit.tokens(), policy=Policy.MANDATORY)
    begun = Q(shows_from=None) | Q(shows_from__lte=now)
    lasts = Q(shows_until=None) | Q(shows_until__gt=now)
    entries = Entry.objects.filter(reaches, begun, lasts, type="notice")
    pages = (
        NoticePage.objects.filter(urgent_until__gt=now, pk__in=entries.values("page"))
        .defer_streamfields()
        .select_related("unit", "section")
        .order_by("-public_at", "-pk")[:MOST_URGENT]
    )
    found = []
    for page in pages:
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
