"""Tokens: the syllables, words and numbers that are indexed and asked for.

A token is a run of letters and digits. Both its forms consist only of letters and digits that
Unicode's word segmentation (UAX #29) keeps together, so a standard or whitespace tokenizer splits
joined tokens exactly as they are split here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from .chars import MARK_PLACEHOLDER, fold, lower, nfc
from .syllables import canonical_syllable

#: Longer runs are nothing that anybody types; their tail is not indexed (in code points).
MAX_TOKEN_LENGTH: Final = 64

# Scripts written without spaces, where UAX #29 makes each character a word of its own.
_SINGLE: Final = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3005\u3007\u3021-\u3029\u3041-\u3096"
    "\u3400-\u4db5\u4e00-\u9fef\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U000323af"
)
# South-east Asian scripts, where a run between spaces is one token.
_UNSPACED: Final = "\u0e01-\u0e3a\u0e40-\u0e4e\u1000-\u103f\u1780-\u17d3"
# "Mathematical" letters and digits, which people use as bold type.
_STYLED: Final = "\U0001d400-\U0001d6a5\U0001d7ce-\U0001d7ff"
# Letters that the standard tokenizer of Lucene 10 (Unicode 12.1) does not keep in a word: rare
# scripts of South-east Asia, and letters newer than its tables. Found by asking it about each.
_NO_WORD: Final = (
    "\u0870-\u089f\u08b5\u08be-\u08d2\u0b55\u0c3c\u0c5d\u0cdd\u0d04\u0d81\u0e81-\u0edf\u1050-\u109f"
    "\u170d\u1715\u171f\u17d4-\u17dc\u180f\u1950-\u19df\u1a20-\u1a5f\u1aa7\u1abf-\u1aff\u1b4c\u1dfa"
    "\u2c2f\u2c5f\u3006\u3031-\u3035\u309d-\u309f\u31bb-\u31bf\u4db6-\u4dbf\u9ff0-\u9fff\ua7c0-\ua7f6"
    "\ua82c\ua9e0-\ua9ff\uaa60-\uaaff\uab68\ufa6e\ufa6f\ufada-\ufaff\uff9e\uff9f"
)
_KATAKANA: Final = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
# Marks that compose with nothing, and variation selectors of emoji.
_LOOSE_MARKS: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]+")


class Token(NamedTuple):
    """A piece of a text.

    ``text`` is what stands there; ``fold`` its form without accents; ``exact`` its form with
    accents in one spelling; ``start`` and ``end`` are offsets in the NFC form of the text.
    """

    text: str
    fold: str
    exact: str
    start: int
    end: int

    @property
    def has_marks(self) -> bool:
        """Whether the writer put accents on it (or a đ)."""
        return self.exact != self.fold


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order, with offsets in ``NFC(text)``."""
    return list(iter_tokens(text))


def iter_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` one by one (see :func:`tokens`)."""
    for match in _TOKEN.finditer(nfc(text)):
        word = match[0]
        exact, folded = forms(word)
        yield Token(word, folded, exact, match.start(), match.end())


def words(text: str) -> list[str]:
    """Return only the runs of letters and digits of ``text``, as they stand there."""
    return _TOKEN.findall(nfc(text))


@lru_cache(maxsize=1 << 17)
def forms(word: str) -> tuple[str, str]:
    """Return the exact and the folded form of one NFC ``word`` of letters and digits.

    "Hoà" gives ("hòa", "hoa"); "Kỹ" and "kĩ" give ("kĩ", "ki"). A word typed without accents has
    two equal forms.
    """
    lowered = lower(word[:MAX_TOKEN_LENGTH])
    if not lowered.isascii():
        lowered = _LOOSE_MARKS.sub("", "".join(map(_exact_char, lowered)))
    exact = canonical_syllable(lowered)
    # Foreign accents may leave a syllable ("kÿ"), which must meet its unaccented spelling.
    folded = canonical_syllable(fold(exact).replace(MARK_PLACEHOLDER, ""))
    return exact, folded or exact


def _exact_char(char: str) -> str:
    if char.isascii() or (char.isalpha() and unicodedata.normalize("NFKD", char)[0] == char):
        return char
    # "²", "①" or fullwidth letters would be torn off the token by a search engine.
    compatible = unicodedata.normalize("NFKD", char) != unicodedata.normalize("NFD", char)
    return fold(char) if compatible or char.isdigit() else char


def _char_classes() -> tuple[str, str]:
    """Return the insides of two character classes: letters and digits, and these with marks."""
    special = re.compile(f"[{_SINGLE}{_KATAKANA}{_UNSPACED}{_NO_WORD}]")
    no_word = re.compile(f"[{_NO_WORD}]")
    starts, all_codes = [], []
    for code in range(0x10000):
        char = chr(code)
        category = unicodedata.category(char)
        is_start = _is_start(char, category) and not special.match(char)
        if is_start:
            starts.append(code)
        is_mark = category in ("Mn", "Mc") and not no_word.match(char)
        if is_start or is_mark:
            all_codes.append(code)
    return _ranges(starts), _ranges(all_codes)


def _is_start(char: str, category: str) -> bool:
    if category[0] == "L" or category == "Nd":
        return True
    folded = fold(char)
    return category == "No" and folded.isascii() and folded.isalnum()


def _ranges(codes: list[int]) -> str:
    parts, start, last = [], codes[0], codes[0]
    for code in [*codes[1:], 0x110000]:
        if code != last + 1:
            parts.append(f"\\u{start:04x}-\\u{last:04x}")
            start = code
        last = code
    return "".join(parts)


_START, _INNER = _char_classes()
_TOKEN: Final = re.compile(
    f"[{_SINGLE}]|[{_KATAKANA}]+|[{_UNSPACED}]+|[{_START}{_STYLED}][{_INNER}{_STYLED}]*"
)
