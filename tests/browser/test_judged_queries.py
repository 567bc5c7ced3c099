"""The floor under the relevance of the search, over the filled demonstration."""

from __future__ import annotations

from collections.abc import Callable

from tests.stack import Stack

# MRR@10 that no change may fall below. Raise them with the search, never lower them in silence.
FLOORS = {
    "judged: procedure": 0.72,
    "judged: document": 0.92,
    "judged: question": 0.90,
    "judged: news": 0.92,
}


def test_judged_queries_find_their_pages(
    portal: Stack, record_property: Callable[[str, object], None]
) -> None:
    answer = portal.manage("search_eval", "--kind", "judged", "--engine", "postgresql", "--json")
    reached = {row["kind"]: row["mrr10"] for row in answer["rows"]}
    record_property("figures", "\n".join(f"MRR@10 {kind}: {mrr}" for kind, mrr in reached.items()))
    below = {kind: reached.get(kind) for kind, floor in FLOORS.items() if reached[kind] < floor}
    assert not below
