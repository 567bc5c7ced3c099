"""Abbreviations and everyday words, both ways, from the reviewed table ``abbreviations.csv``.

Columns: ``short``; ``long``; ``group`` (document, body, subject, place, colloquial); ``way``
(``both``, or ``forward`` for short to long only); ``context``: words of which one must stand in
the query for the row to count. A short form with several meanings is never expanded without such
a word, and one that is also a Vietnamese syllable ("CA", "TU") only when typed in capitals.

Sources of the short forms: Decree 30/2020/NĐ-CP, appendix III (kinds of documents), and common
usage in documents of state bodies.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final

from .syllables import is_unaccented_syllable
from .tokens import Token, forms, words

GROUPS: Final = ("document", "body", "subject", "place", "colloquial")
WAYS: Final = ("both", "forward")

Forms = tuple[tuple[str, str], ...]
Folds = tuple[str, ...]


class AbbreviationError(ValueError):
    """An entry of the table cannot be used; the message says why."""


@dataclass(frozen=True)
class Abbreviation:
    """One row: two ways to say the same, as written in the table."""

    short: str
    long: str
    group: str
    way: str = "both"
    context: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that could never be used or would expand to itself.

        Raises:
            AbbreviationError: with the reason.
        """
        if not self.short_forms or not self.long_forms:
            raise AbbreviationError(f"{self.short!r}: both forms need a letter or a digit")
        if self.short_forms == self.long_forms:
            raise AbbreviationError(f"{self.short!r}: both forms are the same")
        if self.group not in GROUPS:
            raise AbbreviationError(f"{self.short!r}: unknown group {self.group!r}")
        if self.way not in WAYS:
            raise AbbreviationError(f"{self.short!r}: unknown way {self.way!r}")

    @cached_property
    def short_forms(self) -> Forms:
        """(exact, fold) of each token of the short form."""
        return tuple(map(forms, words(self.short)))

    @cached_property
    def long_forms(self) -> Forms:
        """(exact, fold) of each token of the long form."""
        return tuple(map(forms, words(self.long)))

    @cached_property
    def context_folds(self) -> frozenset[str]:
        """Folded words of which one must be in the query; empty when always valid."""
        return frozenset(forms(word)[1] for word in words(self.context))

    @cached_property
    def needs_capitals(self) -> bool:
        """Whether the short form typed in small letters would be an ordinary syllable."""
        if self.group == "colloquial" or len(self.short_forms) > 1:
            return False
        return is_unaccented_syllable(self.short_forms[0][1])


@dataclass(frozen=True, slots=True)
class Expansion:
    """Another way to say the query's tokens ``start`` to ``end`` (indexes, end excluded)."""

    start: int
    end: int
    source: str
    text: str
    exact: tuple[str, ...]
    folded: tuple[str, ...]


class AbbreviationTable:
    """Rows ready for look-up. Other rows than the shipped ones can be given (office's own)."""

    def __init__(self, rows: Iterable[Abbreviation]) -> None:
        """Index ``rows`` by the folded tokens of both forms."""
        self.rows = tuple(rows)
        self._by_short: defaultdict[Folds, list[Abbreviation]] = defaultdict(list)
        self._by_long: defaultdict[Folds, list[Abbreviation]] = defaultdict(list)
        for row in self.rows:
            self._by_short[_folds(row.short_forms)].append(row)
            if row.way == "both":
                self._by_long[_folds(row.long_forms)].append(row)
        self._lengths = lengths_by_first([*self._by_short, *self._by_long])

    def is_short(self, folded: str) -> bool:
        """Tell whether one folded token is a short form of the table."""
        return (folded,) in self._by_short

    def expand(self, query: Sequence[Token]) -> tuple[Expansion, ...]:
        """Return the other ways to say parts of ``query``, in order, each once.

        The longest form wins where forms overlap, so "UBND" inside "UBMTTQ …" never counts twice.
        """
        found: list[Expansion] = []
        at = 0
        while at < len(query):
            step = 1
            for size in self._lengths.get(query[at].fold, ()):
                if matches := self._matches(query, at, at + size):
                    found.extend(matches)
                    step = size
                    break
            at += step
        return tuple(dict.fromkeys(found))

    def _matches(self, query: Sequence[Token], start: int, end: int) -> list[Expansion]:
        part = query[start:end]
        key = tuple(token.fold for token in part)
        shorts, longs = self._by_short.get(key), self._by_long.get(key)
        if end > len(query) or not (shorts or longs):
            return []
        context = {token.fold for token in [*query[:start], *query[end:]]}
        shorts = [row for row in shorts or () if _same_marks(part, row.short_forms)]
        texts = [(row.long, row.long_forms) for row in _meant(shorts, part, context, query)]
        longs = [row for row in longs or () if _same_marks(part, row.long_forms)]
        texts += [(row.short, row.short_forms) for row in longs]
        source = " ".join(token.text for token in part)
        return [
            Expansion(start, end, source, text, tuple(e for e, _ in both), _folds(both))
            for text, both in texts
        ]


def lengths_by_first(keys: Iterable[Folds]) -> dict[str, tuple[int, ...]]:
    """Return how long the ``keys`` are that begin with a word, the longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in keys:
        lengths[key[0]].add(len(key))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()}


def _folds(both: Forms) -> Folds:
    return tuple(folded for _, folded in both)


def _same_marks(part: Sequence[Token], both: Forms) -> bool:
    """A token typed with accents must have these accents; one without may mean any."""
    return all(
        not token.has_marks or token.exact == exact
        for token, (exact, _) in zip(part, both, strict=True)
    )


def _meant(
    rows: list[Abbreviation], part: Sequence[Token], context: set[str], query: Sequence[Token]
) -> list[Abbreviation]:
    """Return the rows that the short form in ``part`` can be taken for here."""
    short = [row for row in rows if row.group != "colloquial"]
    ambiguous = len({_folds(row.long_forms) for row in short}) > 1
    chosen = []
    for row in rows:
        if row.needs_capitals and not _in_capitals(part, query):
            continue
        # Everyday words may stand for several official ones, which are all meant.
        is_doubtful = row.context_folds or (ambiguous and row in short)
        if is_doubtful and not row.context_folds & context:
            continue
        chosen.append(row)
    return chosen


def _in_capitals(part: Sequence[Token], query: Sequence[Token]) -> bool:
    # A query typed all in capitals says nothing about one of its words.
    if not all(token.text.isupper() for token in part):
        return False
    return len(query) == len(part) or not all(token.text.isupper() for token in query)


@lru_cache(maxsize=1)
def shipped_table() -> AbbreviationTable:
    """Return the table shipped with the package."""
    path = resources.files(__package__) / "abbreviations.csv"
    with path.open(encoding="utf-8") as file:
        return AbbreviationTable(Abbreviation(**row) for row in csv.DictReader(file))


def expand(query: Sequence[Token]) -> tuple[Expansion, ...]:
    """Expand ``query`` by the shipped table (see :meth:`AbbreviationTable.expand`)."""
    return shipped_table().expand(query)
