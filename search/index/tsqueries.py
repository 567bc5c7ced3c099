"""A match as PostgreSQL's index of words is asked for it: literals of `tsquery`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .matching import MARKS, Alternative, Group, How, Match, Pair, Reach
from .vectors import IN_FILES, JOINT, MARK, quoted


def tsquery(group: Group) -> str:
    """A group: any of its alternatives."""
    return "(" + " | ".join(map(_alternative, group)) + ")"


def _alternative(alternative: Alternative) -> str:
    if alternative.how is How.NUMBER:
        return number(alternative.tokens[0])
    if alternative.how in MARKS:
        return f"({any_of(MARK + token for token in alternative.tokens)})"
    if alternative.how is How.PHRASE:
        return f"({row(alternative.tokens)} | {row(alternative.tokens, IN_FILES)})"
    return every(alternative.tokens)


def number(key: str) -> str:
    """A page that mentions a document number."""
    return quoted("#" + key)


def every(tokens: Sequence[str], prefix: str = "") -> str:
    """All tokens, wherever they stand."""
    return "(" + " & ".join(quoted(prefix + token) for token in tokens) + ")"


def any_of(lexemes: Iterable[str]) -> str:
    """At least one lexeme."""
    return " | ".join(map(quoted, lexemes))


def pair(two: Pair) -> str:
    """The lexeme of two neighbours."""
    return JOINT.join(two)


def near(two: Pair) -> str:
    """Two tokens side by side, in the page or in its files."""
    return f"({quoted(pair(two))} | {quoted(IN_FILES + pair(two))})"


def row(tokens: tuple[str, ...], prefix: str = "") -> str:
    """Tokens in a row: each neighbours of the next (`words` has no positions)."""
    if len(tokens) == 1:
        return quoted(tokens[0])
    return every([pair(two) for two in zip(tokens, tokens[1:], strict=False)], prefix)


def so_many(items: Sequence[str], enough: int) -> str:
    """At least so many of the items.

    Halving the row writes five to ten times less than all combinations, which the index would
    have to try for each page.
    """
    if enough == 1 or enough == len(items):
        return "(" + (" | " if enough == 1 else " & ").join(items) + ")"
    half = len(items) // 2
    left, right = items[:half], items[half:]
    ways = []
    for count in range(max(0, enough - len(right)), min(half, enough) + 1):
        parts = [(left, count), (right, enough - count)]
        ways.append(" & ".join(so_many(side, some) for side, some in parts if some))
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def in_title(match: Match, reach: Reach) -> str:
    """The pages of a large result that are worth ranking: those with the query in the title."""
    tokens = [quoted("^" + token) for token in match.folded]
    enough = len(tokens) if reach is Reach.ALL else max(1, len(tokens) - 1)
    ways = [so_many(tokens, enough)]
    ways += [every(phrase, "^") for phrase in match.phrases[1:]]
    ways += [number(key) for key in match.numbers]
    return " | ".join(ways)
