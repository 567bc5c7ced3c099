"""Slugs and file names: plain ASCII that still reads as the Vietnamese it was."""

from __future__ import annotations

import re
from typing import Final

from .chars import clean, fold

_MULTIPLE: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_WORD: Final = re.compile(r"[a-z0-9]+")
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$")


def slugify(text: str, *, max_length: int = 80, fallback: str = "trang") -> str:
    """Return ``text`` as words of a-z and 0-9 joined by "-"; never empty.

    đ becomes d. The slug is cut at the end of a word (a single longer word is cut hard), and
    ``fallback`` is returned when ``text`` has no usable letter.

    Raises:
        ValueError: if ``max_length`` is not positive or ``fallback`` has no usable letter.
    """
    if max_length < 1:
        raise ValueError("max_length must be positive")
    slug = _joined(text, max_length) or _joined(fallback, max_length)
    if not slug:
        raise ValueError(f"fallback {fallback!r} has no letter for a slug")
    return slug


def safe_filename(name: str, *, max_length: int = 100, fallback: str = "tep") -> str:
    """Return the last part of ``name`` as a file name that is safe everywhere.

    Letters become a-z, the extension is kept in small letters, folders, leading dots and device
    names of Windows are gone.

    Raises:
        ValueError: if ``max_length`` leaves no room for a name and an extension (less than 12).
    """
    if max_length < 12:
        raise ValueError("max_length must be at least 12")
    last = clean(re.split(r"[/\\]", name)[-1])
    match = _EXTENSION.search(last)
    extension = f".{match[1].lower()}" if match and match.start() > 0 else ""
    stem = last[: match.start()] if match and extension else last
    slug = slugify(stem, max_length=max_length - len(extension), fallback=fallback)
    if _DEVICE.match(slug):
        slug = f"{fallback}-{slug}"[: max_length - len(extension)]
    return slug + extension


def _joined(text: str, max_length: int) -> str:
    # Only so much of an enormous text can matter; the rest is not looked at.
    head = text[: max_length * 20 + 200]
    words = _WORD.findall(fold(clean(head)).translate(_MULTIPLE))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug
