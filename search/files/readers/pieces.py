"""What readers give, and the limits that they keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Raised when the rules of reading change, so that files are read again (`search_files --retry`).
READER = 1

MAX_PAGES = 500
# Code points of one file, and of one stored piece of it.
MAX_TEXT = 2_000_000
MAX_PIECE = 20_000
# Bytes that the members of a packed file may have when unpacked.
MAX_UNPACKED = 200_000_000

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a part of a file. `number` counts pages, sheets or slides from 1; 0: no parts.
    `name` is what people called a sheet."""

    text: str
    number: int = 0
    name: str = ""


class Unreadable(Exception):  # noqa: N818 (a state of the file, not a mistake of ours)
    """The file cannot be read further. `state` is one of `search.files.models.State`."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def tidy(text: str) -> str:
    """Text with single spaces and line ends, and without what no database stores."""
    text = text.replace("\r", "\n").replace("\0", "")
    text = text.encode("utf-8", "replace").decode()
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def in_pieces(lines: Iterable[str], number: int = 0, name: str = "") -> Iterator[Piece]:
    """Lines gathered to pieces of a size that can be shown from."""
    held: list[str] = []
    size = 0
    for line in lines:
        for start in range(0, len(line) or 1, MAX_PIECE):
            part = line[start : start + MAX_PIECE]
            if size + len(part) > MAX_PIECE and held:
                yield Piece("\n".join(held), number, name)
                held, size = [], 0
            held.append(part)
            size += len(part) + 1
    if held:
        yield Piece("\n".join(held), number, name)
