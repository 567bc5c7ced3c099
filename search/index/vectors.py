"""Text vectors for PostgreSQL, written out by us.

`to_tsvector` would cut tokens by the rules of PostgreSQL's parser and of the database's locale;
writing the vector ourselves keeps the tokens of `search.text` on every server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat

from search.text import IndexText

# PostgreSQL's limits: position 16383, 256 positions per lexeme, 1 MB per vector.
LAST_POSITION = 16_383
MAX_POSITIONS = 256
MAX_BYTES = 400_000
GAP = 10


class Vector:
    """Collects tokens with positions; `str()` gives the literal of a `tsvector`."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._bytes = 0
        self._next = 1

    def add(self, tokens: Sequence[str], weight: str) -> None:
        """Append tokens after a gap that no phrase crosses. `weight` is A, B, C or D."""
        places = self._places
        for token, place in zip(tokens, _places_from(self._next, len(tokens), weight), strict=True):
            known = places.get(token)
            if known is None:
                self._put_new(token, [place])
            elif len(known) < MAX_POSITIONS:
                known.append(place)
        self._next += len(tokens) + GAP

    def add_beside(self, text: IndexText, weight: str) -> None:
        """Append a text with both its forms: `=exact` stands where the folded token stands."""
        start, folded = self._next, text.folded.split()
        self.add(folded, weight)
        for at, exact in enumerate(text.exact.split()):
            if exact != folded[at]:
                place = f"{min(start + at, LAST_POSITION)}{weight}"
                self._put_new("=" + exact, [*self._places.get("=" + exact, []), place])

    def add_lexemes(self, lexemes: Iterable[str]) -> None:
        """Add lexemes without a position."""
        for lexeme in lexemes:
            self._put_new(lexeme, [])

    def _put_new(self, lexeme: str, places: list[str]) -> None:
        self._bytes += 4 * len(lexeme) + 12
        if self._bytes <= MAX_BYTES:
            self._places[lexeme] = places[:MAX_POSITIONS]

    def __str__(self) -> str:
        return " ".join(
            f"{quoted(lexeme)}:{','.join(places)}" if places else quoted(lexeme)
            for lexeme, places in self._places.items()
        )


def _places_from(start: int, count: int, weight: str) -> Iterator[str]:
    """`1C`, `2C`, …; behind the last position that PostgreSQL knows, that one again."""
    known = _all_places(weight)
    first = min(start, LAST_POSITION)
    within = known[first : first + count]
    return chain(within, repeat(known[-1], count - len(within)))


@lru_cache(maxsize=4)
def _all_places(weight: str) -> tuple[str, ...]:
    return tuple(f"{place}{weight}" for place in range(LAST_POSITION + 1))


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in the literal of a `tsvector` or a `tsquery`."""
    if lexeme.isalnum():
        return f"'{lexeme}'"
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
