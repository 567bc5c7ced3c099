"""Where a query stands in a text, whatever the accents, tone placement and spacing of both.

Words are looked for in the folded text; folding keeps every offset. Work grows linearly with the
text, nearly all of it in two loops of C: folding, and one pattern for all that is looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Final, NamedTuple

from .chars import fold_to_bytes
from .query import Query
from .syllables import canonical_syllable
from .tokens import forms, iter_tokens

#: Syllables so common that alone they mark nothing.
STOP_FOLDS: Final = frozenset(
    """
    va cua la cac cho co trong ve theo tai voi duoc mot nhung de o khi den tu da nay do bi
    ra vao nhu thi ma tren so nam ngay the of and in to for
    """.split()  # noqa: SIM905
)

_WORD: Final = re.compile("[0-9a-z]+")
_JOINS: Final = frozenset((" ", "", "-", "/", " - ", " / ", "&", "."))
_LONGEST_JOIN: Final = 3

Folds = tuple[str, ...]


class Hit(NamedTuple):
    """A stretch of the text to mark, of so many words (or other ways to say some); ``terms`` has
    one bit for each term of the query in it."""

    start: int
    end: int
    terms: int
    words: int = 1


def all_terms(hits: Iterable[Hit]) -> int:
    """Return the terms that any of ``hits`` has."""
    return reduce(or_, [hit.terms for hit in hits], 0)


class Finder:
    """Finds one query in texts.

    Terms are the query's different words, and the other ways to say parts of it.
    """

    def __init__(self, query: Query) -> None:
        """Prepare for ``query``; :func:`finder_for` keeps what was prepared."""
        words = dict.fromkeys(token.fold for token in query.tokens)
        ways = dict.fromkeys(expansion.folded for expansion in query.expansions)
        said: Iterable[Folds] = dict.fromkeys(chain(ways, ((word,) for word in words)))
        self._bits = {folds: 1 << at for at, folds in enumerate(said)}
        self._words = {word: self._bits[(word,)] for word in words}
        self._rows = sum(bit for folds, bit in self._bits.items() if len(folds) > 1)
        self._stops = sum(bit for word, bit in self._words.items() if word in STOP_FOLDS)
        self._accents = self._with_accents(query)
        self._known: dict[bytes, int] = {}
        is_latin = all(map(_WORD.fullmatch, chain.from_iterable(self._bits)))
        self._pattern = _pattern(self._bits) if is_latin and self._bits else None

    def _with_accents(self, query: Query) -> dict[int, frozenset[str]]:
        """Return the forms wanted of words that were typed only with accents."""
        exacts: defaultdict[str, set[str]] = defaultdict(set)
        for token in query.tokens:
            exacts[token.fold].add(token.exact)
        return {
            self._words[folded]: frozenset(wanted)
            for folded, wanted in exacts.items()
            if folded not in wanted
        }

    def hits(self, text: str) -> list[Hit]:
        """Return what to mark in NFC ``text``, from left to right, neighbours as one.

        Syllables are parts of words: after "khai sinh" was found, "sinh" of "học sinh" is noise.
        """
        if not self._words:
            return []
        hits = _joined(text, self._matching(text))
        noise = all_terms(hit for hit in hits if self._is_row(hit))
        noise = 0 if len(self._words) == 1 else noise | self._stops
        return [hit for hit in hits if self._is_row(hit) or hit.terms & ~noise]

    def _is_row(self, hit: Hit) -> bool:
        return hit.words > 1 or bool(hit.terms & self._rows)

    def _matching(self, text: str) -> list[Hit]:
        """Return each word or other way that the query asks for.

        A word asked for with accents matches the same accents; where it never stands with them,
        it matches like one asked for without.
        """
        found, doubtful, sure = [], [], 0
        for hit in self._in_latin(text) if self._pattern else self._in_any_script(text):
            wanted = self._accents.get(hit.terms)
            if wanted is None:
                found.append(hit)
            elif forms(text[hit.start : hit.end])[0] in wanted:
                found.append(hit)
                sure |= hit.terms
            else:
                doubtful.append(hit)
        others = [hit for hit in doubtful if not hit.terms & sure]
        return sorted(found + others) if others else found

    def _in_latin(self, text: str) -> list[Hit]:
        assert self._pattern is not None
        known, learn = self._known, self._learn
        # The space before a word belongs to its match, so a match starts where the word does.
        return [
            Hit(match.start(), match.end() - 1, known.get(match[1]) or learn(match[1]))
            for match in self._pattern.finditer(b" %b " % fold_to_bytes(text))
        ]

    def _learn(self, said: bytes) -> int:
        """Return the terms of a folded stretch: another way as a whole, and words inside it."""
        folds = tuple(map(canonical_syllable, _WORD.findall(said.decode())))
        words = reduce(or_, [self._words.get(word, 0) for word in folds])
        terms = self._known[said] = self._bits.get(folds, 0) | words
        return terms

    def _in_any_script(self, text: str) -> list[Hit]:
        """Find single words only; other ways are all Vietnamese."""
        return [
            Hit(token.start, token.end, terms)
            for token in iter_tokens(text)
            if (terms := self._words.get(token.fold))
        ]


@lru_cache(maxsize=64)
def finder_for(query: Query) -> Finder:
    """Return the finder of a query."""
    return Finder(query)


def _pattern(wanted: Iterable[Folds]) -> re.Pattern[bytes]:
    """Finds runs of folded words in folded text; the group is what stands there."""
    longest_first = sorted(wanted, key=len, reverse=True)
    said = "|".join(" +".join(map(_spellings, folds)) for folds in longest_first)
    # The space at the start lets the engine skip to where a word begins.
    return re.compile(f" ({said})(?= )".encode())


def _spellings(word: str) -> str:
    """A folded word, and as it is where it was written with y ("ky thuat")."""
    other = f"{word[:-1]}y"
    return f"{word[:-1]}[iy]" if canonical_syllable(other) == word != other else word


def _joined(text: str, found: Sequence[Hit]) -> list[Hit]:
    """Make one of those that stand side by side."""
    joined: list[Hit] = []
    last = Hit(0, -_LONGEST_JOIN - 1, 0)
    for hit in found:
        is_near = hit.start - last.end <= _LONGEST_JOIN
        if is_near and text[last.end : hit.start] in _JOINS:
            last = Hit(last.start, hit.end, last.terms | hit.terms, last.words + hit.words)
            joined[-1] = last
        else:
            last = hit
            joined.append(hit)
    return joined
