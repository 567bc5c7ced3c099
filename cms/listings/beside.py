"""Articles that stand in a section whose list is of another type: shown below that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone

from sites.distribution.listing import Item, load_items
from sites.distribution.queries import Shown
from sites.distribution.sections import SiteSections

from .queries import Filter, Shelf

PAGE_SIZE = 6
PARAMETER = "bai"


def page_number(request: HttpRequest, pages: int, parameter: str = "trang") -> int:
    """The page of a list that `?trang=N` asks for. Raises Http404 when there is none."""
    raw = request.GET.get(parameter, "1")
    if not (raw.isascii() and raw.isdigit() and len(raw) < 8 and 1 <= int(raw) <= max(pages, 1)):
        raise Http404("There is no such page of this list.")
    return int(raw)


@dataclass
class Beside:
    """One page of the section's articles."""

    items: list[Item]
    page_number: int
    pages: int
    numbers: list[int | str]

    @classmethod
    def of(cls, request: HttpRequest, page: Any, sections: SiteSections) -> Self | None:
        """None where the section has no articles. Raises Http404 for a page that is not there."""
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "article")
        if not shelf.present:
            return None
        branches = shelf.branches(Filter())
        paginator = Paginator(range(sum(branch.count for branch in branches)), PAGE_SIZE)
        number = page_number(request, paginator.num_pages, PARAMETER)
        listed = shelf.page(Filter(), branches, PAGE_SIZE, (number - 1) * PAGE_SIZE)
        moment = timezone.now()  # the list is in order already
        shown = [Shown(entry.page_id, moment, entry.distribution_id) for entry in listed]
        items = load_items(shown, sections)
        elided = list(paginator.get_elided_page_range(number, on_each_side=1, on_ends=1))
        return cls(
            [items[entry.page_id] for entry in shown if entry.page_id in items],
            number,
            paginator.num_pages,
            elided,
        )
