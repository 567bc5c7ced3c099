"""The chart of offices, and who is shown where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cms.sections.shown import Entry, SectionPages, with_pictures

from .models import OfficePage, OfficialPage

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

FURTHER = 10


@dataclass
class Node:
    """An office of the chart with its head and the offices below it."""

    entry: Entry[OfficePage]
    head: Entry[OfficialPage] | None = None
    below: list[Node] = field(default_factory=list)


def section_chart(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """`leaders`, `chart` (top nodes), `further` (articles). At most ten queries."""
    shown = SectionPages.load(request, section_page)
    offices = shown.of(OfficePage.objects.order_by("order", "title"))
    people = with_pictures(OfficialPage.objects.order_by("rank", "title"))
    officials = shown.of(people)
    chart = build_chart(offices, officials)
    # Whoever stands in an office of the chart is met on that office's page; leaders, and people
    # whose office another site keeps to itself, stand here.
    inside = {entry.page.pk for entry in offices} - {node.entry.page.pk for node in chart}
    leaders = [entry for entry in officials if entry.page.office_id not in inside]
    return {"leaders": leaders, "chart": chart, "further": shown.others(FURTHER)}


def build_chart(
    offices: Sequence[Entry[OfficePage]], officials: Iterable[Entry[OfficialPage]]
) -> list[Node]:
    """The top offices with everything below them.

    An office whose upper office is not shown here stands at the top; one that the data put under
    itself does as well, so nothing disappears.
    """
    heads: dict[int, Entry[OfficialPage]] = {}
    for official in officials:
        if official.page.office_id:
            heads.setdefault(official.page.office_id, official)
    nodes = {entry.page.pk: Node(entry, heads.get(entry.page.pk)) for entry in offices}
    below: dict[int | None, list[Node]] = defaultdict(list)
    for entry in offices:
        parent = entry.page.parent_office_id
        below[parent if parent in nodes else None].append(nodes[entry.page.pk])
    reached: set[int] = set()
    tops = [_with_below(node, below, reached) for node in below[None]]
    for key, node in nodes.items():
        if key not in reached:
            tops.append(_with_below(node, below, reached))
    return tops


def _with_below(node: Node, below: dict[int | None, list[Node]], reached: set[int]) -> Node:
    reached.add(node.entry.page.pk)
    for child in below.get(node.entry.page.pk, []):
        if child.entry.page.pk not in reached:
            node.below.append(_with_below(child, below, reached))
    return node


def office_context(office: OfficePage) -> dict[str, Any]:
    """The live officials of an office and the live offices beside it in the chart."""
    people = OfficialPage.objects.live().filter(office=office).order_by("rank", "title")
    below = OfficePage.objects.live().filter(parent_office=office).order_by("order", "title")
    return {
        "officials": list(with_pictures(people)),
        "offices_below": list(below),
        "upper": _live(office.parent_office),
    }


def official_context(official: OfficialPage) -> dict[str, Any]:
    """The office of an official, where readers may see it."""
    return {"office": _live(official.office)}


def _live(office: OfficePage | None) -> OfficePage | None:
    return office if office is not None and office.live else None
