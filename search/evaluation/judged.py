"""Queries over the demonstration content with the pages that answer them, judged by hand.

`judged.csv` has one need a line: the pages that meet it (the part of `source_id` after "demo:"),
its kind, and the ways in which people say it.
"""

from __future__ import annotations

import csv
from importlib import resources

from cms.basepage.models import BasePage

from .known_items import Item

PREFIX = "demo:"


def judged_items() -> list[Item]:
    """All judged queries, whether their pages are in the database or not."""
    path = resources.files(__package__) / "judged.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [
        Item(row["kind"], query, tuple(PREFIX + key for key in row["wanted"].split()))
        for row in rows
        for query in row["queries"].split("|")
    ]


def judged_by_kind() -> dict[str, list[Item]]:
    """The judged queries, by kind, for which the database has at least one page."""
    items = judged_items()
    keys = {key for item in items for key in item.wanted}
    pages = BasePage.objects.order_by().filter(source_id__in=keys, live=True)
    known = set(pages.values_list("source_id", flat=True))
    found: dict[str, list[Item]] = {}
    for item in items:
        if known & set(item.wanted):
            found.setdefault(f"judged: {item.kind}", []).append(item)
    return found
