"""Spaces that are missing ("nguyễntrãi") or too many ("nguyễ n trãi")."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .abbreviations import shipped_table
from .syllables import is_syllable, is_unaccented_syllable
from .tokens import Token, forms

MOST_PARTS: Final = 4
_LONGEST: Final = 24


def parted(token: Token) -> tuple[tuple[str, ...], ...]:
    """The ways to read a token that is no syllable as several (folded syllables each).

    The fewest parts win; a token typed with accents is only cut into proper syllables.
    """
    if len(token.fold) > _LONGEST or not token.fold.isascii() or not token.fold.isalpha():
        return ()
    if is_unaccented_syllable(token.fold) or shipped_table().is_short(token.fold):
        return ()
    return _parted(token.exact)


@lru_cache(maxsize=4096)
def _parted(word: str) -> tuple[tuple[str, ...], ...]:
    for count in range(2, MOST_PARTS + 1):
        ways = [tuple(forms(part)[1] for part in parts) for parts in _cuts(word, count)]
        if ways:
            return tuple(dict.fromkeys(ways))[:MOST_PARTS]
    return ()


def _cuts(word: str, count: int) -> list[list[str]]:
    if count == 1:
        return [[word]] if _fits(word) else []
    return [
        [word[:at], *rest]
        for at in range(2, min(len(word) - 1, 8))
        if _fits(word[:at])
        for rest in _cuts(word[at:], count - 1)
    ]


def _fits(word: str) -> bool:
    return len(word) > 1 and (is_unaccented_syllable(word) if word.isascii() else is_syllable(word))


def joined(left: Token, right: Token) -> str:
    """The folded syllable that two tokens are one of which cannot stand alone; "" if none."""
    if not (left.fold + right.fold).isalpha() or left.end + 1 != right.start:
        return ""
    if _stands_alone(left) and _stands_alone(right):
        return ""
    exact, folded = forms(left.exact + right.exact)
    fits = is_unaccented_syllable(folded) if exact == folded else is_syllable(exact)
    return folded if fits else ""


def _stands_alone(token: Token) -> bool:
    if len(token.fold) == 1 and not token.has_marks:
        return False
    return is_unaccented_syllable(token.fold) or shipped_table().is_short(token.fold)
