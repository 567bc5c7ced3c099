"""What a document must contain, independent of the engine that looks for it.

A query is a row of groups that must all be met; a group is met by any of its alternatives. Both
engines write the same groups in their own language, so they find the same documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from search.text import Query

# From so many groups on, nearly all are enough when all together find nothing.
FEWEST_TO_RELAX = 2
ENOUGH = 0.7


class How(Enum):
    """How the tokens of an alternative are looked for."""

    ALL = "all"
    PHRASE = "phrase"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Folded tokens that must all be there, or stand as a phrase; or one document number key."""

    how: How
    tokens: tuple[str, ...]


Group = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A query as groups.

    `phrase` is the whole query as typed (folded; empty for a single token) and `exact_phrase` the
    same with its accents; `exact` are the tokens that were typed with accents; `numbers` the keys
    of document numbers, which count more than anything.
    """

    groups: tuple[Group, ...]
    excluded: tuple[tuple[str, ...], ...]
    folded: tuple[str, ...]
    phrase: tuple[str, ...]
    exact: tuple[str, ...]
    exact_phrase: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def enough(self) -> int | None:
        """How many groups are enough when all together find nothing; None: no fewer than all."""
        count = len(self.groups)
        return max(1, int(count * ENOUGH)) if count >= FEWEST_TO_RELAX else None


def match_for(query: Query) -> Match:
    """The groups of a query that has tokens."""
    exact = tuple(token.exact for token in query.tokens if token.has_marks)
    whole = len(query.tokens) > 1
    return Match(
        groups=tuple(dict.fromkeys(_groups(query))),
        excluded=tuple(tuple(token.fold for token in run) for run in query.excluded),
        folded=tuple(dict.fromkeys(token.fold for token in query.tokens)),
        phrase=tuple(token.fold for token in query.tokens) if whole else (),
        exact=tuple(dict.fromkeys(exact)),
        exact_phrase=tuple(token.exact for token in query.tokens) if whole and exact else (),
        numbers=tuple(number.key for number in query.numbers),
    )


def _groups(query: Query) -> Iterator[Group]:
    """One group per document number, per expanded run and per remaining token; then phrases."""
    at, tokens = 0, query.tokens
    while at < len(tokens):
        end, others = _span_from(query, at)
        run = tuple(token.fold for token in tokens[at:end])
        yield (*others, Alternative(How.ALL, run))
        at = end
    for phrase in query.phrases:
        yield (Alternative(How.PHRASE, tuple(token.fold for token in phrase)),)


def _span_from(query: Query, at: int) -> tuple[int, list[Alternative]]:
    """The end of the run that starts at token `at`, and the other ways to say it."""
    for number in query.numbers:
        inside = [
            i
            for i, token in enumerate(query.tokens)
            if number.start <= token.start < max(number.end, number.said_until)
        ]
        if inside and inside[0] == at:
            return inside[-1] + 1, [Alternative(How.NUMBER, (number.key,))]
    expansions = [expansion for expansion in query.expansions if expansion.start == at]
    if not expansions:
        return at + 1, []
    end = expansions[0].end
    same = [expansion for expansion in expansions if expansion.end == end]
    return end, [Alternative(How.PHRASE, expansion.folded) for expansion in same]
