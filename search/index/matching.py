"""What a document must contain, independent of the engine that looks for it.

A query is a row of groups that must all be met; a group is met by any of its alternatives. Both
engines write the same groups in their own language, so they find the same documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from search.office.naming import Named
from search.text import Query, Token, joined, parted

MAX_VARIANTS = 6
MAX_PAIRS = 24


class How(Enum):
    """How the tokens of an alternative are looked for."""

    ALL = "all"
    PHRASE = "phrase"
    NUMBER = "number"
    # A document that is what the query names: of one of these units, or of this type.
    UNIT = "unit"
    TYPE = "type"


class Reach(Enum):
    """How many groups a document must meet; for CLOSE all, two of them side by side."""

    CLOSE = "close"
    ALL = "all"
    MOST = "most"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Folded tokens that must all be there, or stand as a phrase; or one document number key, ids
    of units, a type."""

    how: How
    tokens: tuple[str, ...]


Group = tuple[Alternative, ...]
MARKS = (How.UNIT, How.TYPE)
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """A query as groups.

    `required` are the groups that no reach lets go: quoted phrases and certain document numbers.
    `phrases` are the ways to say the whole query in a row (folded, as typed first; none for a
    single token) and `exact_phrase` it as typed with its accents; `pairs` and `exact_pairs`
    neighbours; `exact` the tokens that were typed with accents; `numbers` the keys of document
    numbers, which count more than anything; `marks` the units and types that the query names.
    `also` are pages that are found whatever their words,
    `without` pages that are not.
    """

    groups: tuple[Group, ...]
    required: tuple[Group, ...]
    excluded: tuple[tuple[str, ...], ...]
    folded: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    pairs: tuple[Pair, ...]
    exact: tuple[str, ...]
    exact_phrase: tuple[str, ...]
    exact_pairs: tuple[Pair, ...]
    numbers: tuple[str, ...]
    marks: tuple[Alternative, ...] = ()
    also: tuple[int, ...] = ()
    without: tuple[int, ...] = ()

    @property
    def is_as_typed(self) -> bool:
        """Whether accents decide: one or two words, not to be said otherwise. Without their accents
        they are half a dozen other words."""
        return 0 < len(self.exact) <= len(self.folded) <= 2 and all(
            len(group) == 1 for group in self.groups
        )

    @property
    def can_be_close(self) -> bool:
        """Whether there are words that may stand side by side, and are not to be said otherwise."""
        return bool(self.pairs) and all(len(group) == 1 for group in self.groups)

    def near(self, reach: Reach) -> int:
        """How many of the pairs must stand side by side.

        Common words are on half of all pages: without this, most of the words would be as well.
        One word wrong costs two pairs, so some are left; those who have none may ask for SOME.
        """
        count = len(self.groups)
        if reach is Reach.CLOSE:
            return 1
        if reach is not Reach.MOST or count < 4:
            return 0
        wanted = 1 if count == 4 else 2 if count < 8 else 3
        return min(wanted, len(self.pairs))

    def enough(self, reach: Reach) -> int:
        """How many of the groups must be met."""
        count = len(self.groups)
        if reach in (Reach.CLOSE, Reach.ALL) or count < 2:
            return count
        if reach is Reach.SOME:
            return max(1, count // 2)
        return count - 1 if count < 7 else count - 2 if count < 10 else count * 3 // 4


def match_for(query: Query, named: Sequence[Named] = ()) -> Match:
    """The groups of a query that has tokens, `named` what stands for units and types in it."""
    tokens = query.tokens
    exact = tuple(token.exact for token in tokens if token.has_marks)
    folded = tuple(token.fold for token in tokens)
    whole = tuple(token.exact for token in tokens) if len(tokens) > 1 and exact else ()
    found = tuple(dict.fromkeys(_groups(query, named)))
    groups = tuple(dict.fromkeys(group for group, _ in found))
    return Match(
        groups=groups,
        required=tuple(dict.fromkeys(group for group, required in found if required)),
        excluded=tuple(tuple(token.fold for token in run) for run in query.excluded),
        folded=tuple(dict.fromkeys(folded)),
        phrases=tuple(dict.fromkeys(_phrases(query)))[:MAX_VARIANTS],
        pairs=_pairs(folded),
        exact=tuple(dict.fromkeys(exact)),
        exact_phrase=whole,
        exact_pairs=_pairs(whole),
        numbers=tuple(number.key for number in query.numbers),
        marks=tuple(alternative for alternative in chain(*groups) if alternative.how in MARKS),
    )


def _pairs(tokens: tuple[str, ...]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(zip(tokens, tokens[1:], strict=False)))[:MAX_PAIRS]


def _groups(query: Query, named: Sequence[Named]) -> Iterator[tuple[Group, bool]]:
    """One group per document number, per expanded run and per remaining token; then phrases.

    With each, whether it is required.
    """
    at, tokens = 0, query.tokens
    while at < len(tokens):
        end, others = _span_from(query, at, named)
        run = tuple(token.fold for token in tokens[at:end])
        certain = any(other.how is How.NUMBER for other in others)
        yield (*others, Alternative(How.ALL, run)), certain
        at = end
    for phrase in query.phrases:
        yield (Alternative(How.PHRASE, tuple(token.fold for token in phrase)),), True


def _span_from(query: Query, at: int, named: Sequence[Named]) -> tuple[int, list[Alternative]]:
    """The end of the run that starts at token `at`, and the other ways to say it."""
    for number in query.numbers:
        inside = [
            i
            for i, token in enumerate(query.tokens)
            if number.start <= token.start < max(number.end, number.said_until)
        ]
        if inside and inside[0] == at:
            return inside[-1] + 1, [Alternative(How.NUMBER, (number.key,))]
    starts = {name.start for name in named}
    expansions = [
        expansion
        for expansion in query.expansions
        if expansion.start == at and starts.isdisjoint(range(at + 1, expansion.end))
    ]
    if name := next((name for name in named if name.start == at), None):
        same = [expansion for expansion in expansions if expansion.end == name.end]
        said = [Alternative(How.PHRASE, expansion.folded) for expansion in same]
        return name.end, [_mark(name), *said]
    if expansions:
        end = expansions[0].end
        same = [expansion for expansion in expansions if expansion.end == end]
        return end, [Alternative(How.PHRASE, expansion.folded) for expansion in same]
    return _respaced(query.tokens, at)


def _mark(name: Named) -> Alternative:
    if name.types:
        return Alternative(How.TYPE, name.types)
    return Alternative(How.UNIT, tuple(map(str, name.units)))


def _respaced(tokens: tuple[Token, ...], at: int) -> tuple[int, list[Alternative]]:
    """Other ways to set the spaces at a token: "nguyentrai", "nguye n"."""
    parts = [Alternative(How.PHRASE, way) for way in parted(tokens[at])]
    if parts or at + 1 == len(tokens):
        return at + 1, parts
    whole = joined(tokens[at], tokens[at + 1])
    return (at + 2, [Alternative(How.ALL, (whole,))]) if whole else (at + 1, [])


def _phrases(query: Query) -> Iterator[tuple[str, ...]]:
    """The whole query as typed, with one thing said otherwise, and with all said otherwise."""
    folded = tuple(token.fold for token in query.tokens)
    if len(folded) > 1:
        yield folded
    changes: list[tuple[int, int, tuple[str, ...]]] = [
        (expansion.start, expansion.end, expansion.folded) for expansion in query.expansions
    ]
    for at in range(len(folded)):
        end, others = _respaced(query.tokens, at)
        changes += [(at, end, other.tokens) for other in others]
    for start, end, other in changes:
        if len(said := (*folded[:start], *other, *folded[end:])) > 1:
            yield said
    if len({start for start, _, _ in changes}) > 1:
        yield _all_changed(folded, changes)


def _all_changed(
    folded: tuple[str, ...], changes: list[tuple[int, int, tuple[str, ...]]]
) -> tuple[str, ...]:
    """With the first change at every place."""
    said: list[str] = []
    at = 0
    while at < len(folded):
        change = next((change for change in changes if change[0] == at), None)
        said += change[2] if change else (folded[at],)
        at = change[1] if change else at + 1
    return tuple(said)
