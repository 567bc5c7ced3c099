"""The list of notices with its filters, as readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.listings.beside import Beside
from cms.listings.items import items_of
from cms.listings.paging import FilterField, Paging, filter_field, prefix
from cms.listings.queries import Filter, Shelf, State
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of

from .models import NoticeKind, NoticePage

PAGE_SIZE = 20
OPEN, CLOSED = "con", "het"
STATES = {OPEN: State.IN_FORCE, CLOSED: State.EXPIRED}


@dataclass
class NoticeList:
    """One page of the notices of a section, the newest first."""

    items: list[Item]
    fields: dict[str, FilterField]
    kind: str
    deadline: str
    paging: Paging
    beside: Beside | None

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> Self:
        """From `?loai=…&han=con|het&trang=…`. Raises Http404 for a page that is not there."""
        sections = sections_of(request, page.unit)
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "notice")
        kind, deadline = request.GET.get("loai", "")[:60], request.GET.get("han", "")
        wanted = Filter(kind=kind, state=STATES.get(deadline))
        branches = shelf.branches(wanted)
        paging = Paging.of(request, sum(branch.count for branch in branches), PAGE_SIZE)
        listed = shelf.page(wanted, branches, PAGE_SIZE, paging.offset)
        values, counts = shelf.offered(wanted, branches)
        return cls(
            items=items_of(listed, NoticePage.objects.defer_streamfields(), sections),
            fields={
                "kind": filter_field(
                    "loai",
                    ((k.value, str(k.label)) for k in NoticeKind if k in values["kind"]),
                    kind,
                    counts.get("kind"),
                ),
                "deadline": filter_field(
                    "han",
                    ((OPEN, _("Open")), (CLOSED, _("Closed"))),
                    deadline if deadline in STATES else "",
                    _by_deadline(counts.get("state")),
                ),
            },
            kind=kind,
            deadline=deadline if deadline in STATES else "",
            paging=paging,
            beside=Beside.of(request, shelf, sections),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.kind or self.deadline)

    @property
    def query_prefix(self) -> str:
        """What stands before the page number in addresses."""
        return prefix({"loai": self.kind, "han": self.deadline})


def _by_deadline(by_state: dict[str, int] | None) -> dict[str, int] | None:
    if by_state is None:
        return None
    return {value: by_state.get(state, 0) for value, state in STATES.items()}
