"""Lists of pages as templates show them: items with their address on the site that lists them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from wagtail.images import get_image_model

from sites.hosts.pages import get_page_model
from sites.units.models import AdministrativeUnit

from . import receiving
from .queries import Shown, count_in_section, latest_by_section
from .sections import SectionLink, SiteSections, sections_of

if TYPE_CHECKING:
    from cms.basepage.models import BasePage

PAGE_SIZE = 20
MAX_PAGES = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    page: BasePage
    url: str
    section: SectionLink | None
    is_received: bool

    @property
    def date(self) -> datetime.datetime:
        return self.page.public_at


@dataclass(frozen=True, slots=True)
class Block:
    """One section on the home page with its newest items."""

    section: SectionLink
    items: list[Item]


def load_items(shown: Iterable[Shown], sections: SiteSections) -> dict[int, Item]:
    """Pages with unit, section and the pictures of lists, by id. Three queries for any number."""
    by_id = {entry.page_id: entry for entry in shown}
    model = get_image_model()
    images = model.objects.prefetch_renditions(*model.LISTED)
    pages = (
        get_page_model()
        .objects.filter(pk__in=by_id)
        .select_related("unit", "section")
        .prefetch_related(Prefetch("image", queryset=images))
    )
    items = {}
    for page in pages:
        entry = by_id[page.pk]
        section = sections.page_for(page.section_id)
        items[page.pk] = Item(
            page, _url(page, entry, section), section, entry.distribution_id is not None
        )
    return items


def _url(page: BasePage, entry: Shown, section: SectionLink | None) -> str:
    from cms.basepage.models import language_prefix, page_path

    if entry.distribution_id is None or section is None:
        return page_path(page.url_path)
    return f"{language_prefix()}{section.slug}/{receiving.address(page.slug, page.pk)}/"


@dataclass
class SectionListing:
    """One page of a section's list."""

    items: list[Item]
    page_number: int
    pages: int
    total: int
    numbers: list[int | str]

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> SectionListing:
        """Read the list that `?trang=N` asks for. Raises Http404 for a page that is not there."""
        unit: AdministrativeUnit = page.unit
        sections = sections_of(request, unit)
        sources = sections.sources_of(page.section_id) or [page.section_id]
        total = count_in_section(unit, page.section_id, sources)
        paginator = Paginator(range(total), PAGE_SIZE)
        number = _page_number(request, min(paginator.num_pages, MAX_PAGES))
        shown = latest_by_section(
            unit, {page.section_id: sources}, PAGE_SIZE, (number - 1) * PAGE_SIZE
        )[page.section_id]
        items = _in_order(shown, load_items(shown, sections))
        elided = list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
        return cls(items, number, paginator.num_pages, total, elided)


def _page_number(request: HttpRequest, pages: int) -> int:
    raw = request.GET.get("trang", "1")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6 and 1 <= int(raw) <= pages):
        raise Http404("There is no such page of this list.")
    return int(raw)


def _in_order(shown: Sequence[Shown], items: dict[int, Item]) -> list[Item]:
    return [items[entry.page_id] for entry in shown if entry.page_id in items]
