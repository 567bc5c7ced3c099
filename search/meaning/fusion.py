"""One order from two: what the words say and what the meaning says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# The usual constant of reciprocal rank fusion: how slowly a rank loses its weight.
K = 60
# Where the words say little, they come behind everything that has the meaning.
WEAK = 0.02


def fuse(
    by_words: Sequence[int],
    by_meaning: Sequence[int],
    exact: Collection[int] = (),
    *,
    weak: bool = False,
) -> list[int]:
    """Both lists as one by reciprocal ranks; `weak` tells that the words say little.

    No page of `exact` (those that have the whole query in a row) comes later than it does by
    words: everything up to the last of them stays as it is.
    """
    kept = max((at for at, page in enumerate(by_words, 1) if page in exact), default=0)
    scores: dict[int, float] = {}
    for ranked, weight in ((by_words, WEAK if weak else 1.0), (by_meaning, 1.0)):
        for rank, page in enumerate(ranked, 1):
            scores[page] = scores.get(page, 0.0) + weight / (K + rank)
    first = list(by_words[:kept])
    rest = [page for page in scores if page not in set(first)]
    # Sorting is stable: of equal ones the page with the words comes first.
    return first + sorted(rest, key=lambda page: -scores[page])
