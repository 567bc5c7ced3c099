"""Text that was written for fonts of the time before Unicode (TCVN3/ABC, VNI)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import viparse

from .chars import lower, nfc
from .syllables import is_syllable

#: Text beyond this length (code points) is decoded piece by piece, line by line.
_PIECE: Final = 20_000
_SHORT: Final = 200

_VIETNAMESE: Final = re.compile("[\u01a0\u01a1\u01af\u01b0\u0102\u0103\u0110\u0111\u1ea0-\u1ef9]")
_RUN: Final = re.compile(r"[^\s\d.,;:!?()\[\]{}<>\"'/\\+*=_-]+")


class _Count(NamedTuple):
    """How many accented words are Vietnamese syllables, and how many are not."""

    good: int
    bad: int


def decode_legacy(text: str) -> str:
    """Return ``text`` in Unicode if it was typed for a TCVN3 or VNI font, else unchanged.

    "Uû ban nh©n d©n" becomes "Uỷ ban nhân dân". The decoding is kept only where it turns words
    that Vietnamese does not have into words that it has, so French or English stays as it is. TCVN3
    capitals of separate fonts (.VnTimeH) come out in small letters: the text does not tell.
    """
    if text.isascii() or _VIETNAMESE.search(nfc(text[:_PIECE])):
        return text
    if len(text) <= _PIECE:
        return _decode(text)
    return "".join(_decode(piece) for piece in _pieces(text))


def _decode(text: str) -> str:
    before = _count(text)
    if not before.bad:
        return text
    decoded = nfc(viparse.fix(text))
    after = _count(decoded)
    if after.good > before.good and after.bad < before.bad:
        return decoded
    return _decode_short(text, before) if len(text) <= _SHORT else text


def _decode_short(text: str, before: _Count) -> str:
    # Too little text to recognise the font by statistics: one of them must explain every word.
    for encoding in ("tcvn3", "vni"):
        decoded = nfc(viparse.fix(text, encoding=encoding))
        after = _count(decoded)
        if after.good > before.good and not after.bad:
            return decoded
    return text


def _count(text: str) -> _Count:
    """Count the accented words of ``text`` that are syllables, and those that are not."""
    words = [word for word in _RUN.findall(lower(text)) if not word.isascii()]
    good = sum(map(is_syllable, words))
    return _Count(good, len(words) - good)


def _pieces(text: str) -> list[str]:
    pieces, size = [""], 0
    for line in text.splitlines(keepends=True):
        for at in range(0, len(line), _PIECE):
            part = line[at : at + _PIECE]
            if size + len(part) > _PIECE:
                pieces, size = [*pieces, ""], 0
            pieces[-1] += part
            size += len(part)
    return pieces
