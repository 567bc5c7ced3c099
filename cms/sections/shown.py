"""The pages of one section as their own types, own and received, with their addresses here.

For sections that are read as a whole (offices, contacts, places) and not page by page. Three
queries for the ids, one more for each page type that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from wagtail.images import get_image_model

from cms.basepage.models import BasePage, language_prefix, page_path
from sites.distribution import receiving
from sites.distribution.listing import Item, load_items
from sites.distribution.queries import Shown, latest_by_section
from sites.distribution.sections import SiteSections, sections_of

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

P = TypeVar("P", bound=BasePage)
LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Entry(Generic[P]):
    """A page of a known type, and where this site shows it."""

    page: P
    url: str
    is_received: bool


@dataclass
class SectionPages:
    """What a section shows, newest first, before anything but ids and addresses is read."""

    section_page: SectionPage
    sections: SiteSections
    shown: list[Shown]
    claimed: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, request: HttpRequest, section_page: SectionPage) -> SectionPages:
        """The newest thousand pages of a section. One query, and two for the site's sections."""
        unit, section_id = section_page.unit, section_page.section_id
        assert unit is not None
        sections = sections_of(request, unit)
        sources = sections.sources_of(section_id) or [section_id]
        shown = latest_by_section(unit, {section_id: sources}, LIMIT)
        return cls(section_page, sections, shown[section_id])

    def of(self, pages: QuerySet[P]) -> list[Entry[P]]:
        """The section's pages of the type of a queryset, in the queryset's order."""
        by_id = {entry.page_id: entry for entry in self.shown}
        found = list(pages.filter(pk__in=by_id)) if by_id else []
        self.claimed |= {page.pk for page in found}
        return [
            Entry(page, self._url(page), by_id[page.pk].distribution_id is not None)
            for page in found
        ]

    def others(self, limit: int) -> list[Item]:
        """The newest of those pages that no call of `of` has taken."""
        rest = [entry for entry in self.shown if entry.page_id not in self.claimed][:limit]
        items = load_items(rest, self.sections) if rest else {}
        return [items[entry.page_id] for entry in rest if entry.page_id in items]

    def _url(self, page: BasePage) -> str:
        if page.unit_id == self.section_page.unit_id:
            return page_path(page.url_path)
        component = receiving.address(page.slug, page.pk)
        return f"{language_prefix()}{self.section_page.slug}/{component}/"


def with_pictures(pages: QuerySet[P]) -> QuerySet[P]:
    """Read the pages' pictures and their sizes. Two queries more."""
    images = get_image_model().objects.prefetch_renditions()
    return pages.prefetch_related(Prefetch("image", queryset=images))
