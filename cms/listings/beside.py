"""Articles that stand in a section whose list is of another type: shown below that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest
from django.utils import timezone

from sites.distribution.listing import Item, load_items
from sites.distribution.queries import Shown
from sites.distribution.sections import SiteSections

from .paging import Paging
from .queries import Filter, Shelf

PAGE_SIZE = 6
PARAMETER = "bai"


@dataclass
class Beside:
    """One page of the section's articles."""

    items: list[Item]
    paging: Paging

    @classmethod
    def of(cls, request: HttpRequest, page: Any, sections: SiteSections) -> Self | None:
        """None where the section has no articles. Raises Http404 for a page that is not there."""
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "article")
        if not shelf.present:
            return None
        branches = shelf.branches(Filter())
        total = sum(branch.count for branch in branches)
        paging = Paging.of(request, total, PAGE_SIZE, PARAMETER)
        listed = shelf.page(Filter(), branches, PAGE_SIZE, paging.offset)
        moment = timezone.now()  # the list is in order already
        shown = [Shown(entry.page_id, moment, entry.distribution_id) for entry in listed]
        items = load_items(shown, sections)
        return cls([items[entry.page_id] for entry in shown if entry.page_id in items], paging)
