"""The order of Vietnamese names: a ă â b c d đ e ê …, then tones, then small before capital.

The tones count only between words that are otherwise equal, in the order level, huyền, hỏi, ngã,
sắc, nặng, as in dictionaries and in Unicode's collation for "vi". Numbers count by their value
("Phường 2" before "Phường 10").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .chars import clean, lower
from .syllables import TONE_MARKS, canonical_syllable

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: f"{20 + i}" for i, letter in enumerate(_LETTERS)}
_WORD: Final = re.compile(r"\d+|[^\W\d_]+")
_WORD_END: Final = "10"
_END: Final = "00"
_DIGITS_MAX: Final = 99


def sort_key(text: str) -> str:
    """Return a key of digits 0-9 only, so that any database collation sorts by it rightly.

    Punctuation counts as a space. Texts that differ only in tone placement ("Hoà", "Hòa") or in
    i/y have equal keys.
    """
    primary, tones, cases = [], [], []
    for word in _WORD.findall(clean(text)):
        for letter, tone in _letters(word):
            primary.append(_primary(letter))
            tones.append(str(tone))
        cases += ["1" if char.isupper() else "0" for char in word]
        primary.append(_WORD_END)
    return "".join([*primary, _END, *tones, _END, *cases])


def person_sort_key(name: str) -> str:
    """Return the key of a person's name: given name (the last word) first, then the rest."""
    *rest, given = clean(name).split(" ")
    return sort_key(" ".join([given, *rest]))


def _letters(word: str) -> list[tuple[str, int]]:
    """Return (letter without tone, tone) of each letter; a number is one letter."""
    if word[0].isdecimal():
        return [(word, 0)]
    letters = []
    for char in canonical_syllable(lower(word)):
        base = unicodedata.normalize("NFD", char)
        tone = max((TONE_MARKS.index(mark) for mark in base[1:] if mark in TONE_MARKS), default=0)
        bare = "".join(mark for mark in base if mark not in TONE_MARKS[1:])
        letters.append((unicodedata.normalize("NFC", bare), tone))
    return letters


def _primary(letter: str) -> str:
    if letter[0].isdecimal():
        value = str(int(letter[:_DIGITS_MAX]))
        return f"11{len(value):02}{value}"
    rank = _RANK.get(letter) or _RANK.get(unicodedata.normalize("NFD", letter)[0])
    return rank or f"99{ord(letter[0]):07}"
