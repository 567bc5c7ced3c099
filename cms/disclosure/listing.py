"""What must be disclosed, by group, with what is there and what is not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404, HttpRequest

from cms.listings.beside import Beside
from cms.listings.items import items_of
from cms.listings.paging import Paging
from cms.listings.queries import Filter, Shelf
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of

from .models import DisclosureGroup, DisclosurePage

PAGE_SIZE = 20
PER_GROUP = 4
# The newest items among which the overview looks for those of each group.
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group with its newest items."""

    group: DisclosureGroup
    items: list[Item]
    has_more: bool


@dataclass
class DisclosureList:
    """All groups with their newest items, or one page of one group (`?nhom=…`)."""

    groups: list[GroupRow]
    chosen: DisclosureGroup | None
    items: list[Item]
    paging: Paging | None
    beside: Beside | None

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> Self:
        """From `?nhom=…&trang=…`. Raises Http404 for a group or page that is not there."""
        sections = sections_of(request, page.unit)
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "disclosure")
        groups = [g for g in DisclosureGroup.objects.all() if page.unit.tier in g.tiers]
        pages = DisclosurePage.objects.defer_streamfields().select_related("group")
        code = request.GET.get("nhom", "")
        if code:
            chosen = next((group for group in groups if group.code == code), None)
            if chosen is None:
                raise Http404("There is no such group of disclosure.")
            wanted = Filter(kind=code)
            branches = shelf.branches(wanted)
            paging = Paging.of(request, sum(b.count for b in branches), PAGE_SIZE)
            listed = shelf.page(wanted, branches, PAGE_SIZE, paging.offset)
            return cls([], chosen, items_of(listed, pages, sections), paging, None)
        items = items_of(shelf.newest(LOOKED_AT), pages, sections)
        return cls(
            [_row(group, items) for group in groups],
            None,
            [],
            None,
            Beside.of(request, shelf, sections),
        )

    @property
    def present(self) -> int:
        """How many groups have something."""
        return sum(bool(row.items) for row in self.groups)


def _row(group: DisclosureGroup, items: list[Item]) -> GroupRow:
    own = [item for item in items if item.page.group_id == group.pk]
    return GroupRow(group, own[:PER_GROUP], len(own) > PER_GROUP)
