"""Word and PowerPoint before 2007: streams in an OLE file (formats [MS-DOC] and [MS-PPT])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import olefile

from .pieces import MAX_PAGES, Piece, Unreadable, in_pieces, tidy
from .sheets import read_xls

WORD = "WordDocument"
DECK = "PowerPoint Document"
BOOKS = ("Workbook", "Book")
LOCKED = ("EncryptedPackage", "EncryptedSummary")


def read_compound(file: BinaryIO) -> tuple[str, Iterator[Piece]]:
    """What the parts of an OLE file are called ("", "sheet", "slide"), and the parts."""
    try:
        streams = olefile.OleFileIO(file, raise_defects=olefile.DEFECT_FATAL)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise Unreadable("corrupt") from error
    if any(streams.exists(name) for name in LOCKED):
        raise Unreadable("encrypted")
    if streams.exists(WORD):
        return "", _guarded(_word(streams))
    if streams.exists(DECK):
        return "slide", _guarded(_deck(streams))
    if any(streams.exists(name) for name in BOOKS):
        file.seek(0)
        return "sheet", read_xls(file.read())
    raise Unreadable("unknown")


def _guarded(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Offsets that lead nowhere mean a damaged file."""
    try:
        yield from pieces
    except (struct.error, IndexError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("corrupt") from error


# ------------------------------------------------------------------------------------------- Word

MAGIC = 0xA5EC
FIRST_UNICODE_VERSION = 0xC1
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
CLX_AT, LENGTHS_AT = 0x01A2, 0x4C
IN_BYTES = 0x4000_0000

_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14?|\x15")
_MARKS = str.maketrans({
    "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": None, "\xa0": " ",
    **{chr(code): None for code in (*range(1, 7), 8)},
})  # fmt: skip


def _word(streams: Any) -> Iterator[Piece]:
    main = streams.openstream(WORD).read()
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & ENCRYPTED:
        raise Unreadable("encrypted")
    if magic != MAGIC or version < FIRST_UNICODE_VERSION:
        text = _old_word_text(main)
    else:
        table = streams.openstream("1Table" if flags & SECOND_TABLE else "0Table").read()
        text = _word_text(main, table)
    yield from in_pieces(_without_fields(text).translate(_MARKS).replace("\r", "\n").split("\n"))


def _old_word_text(main: bytes) -> str:
    """Word 6 and 95: the text lies in one run."""
    start, end = struct.unpack_from("<II", main, 0x18)
    return main[start:end].decode("cp1252", "replace")


def _word_text(main: bytes, table: bytes) -> str:
    """The pieces of the piece table, as far as the body and its footnotes reach."""
    body, notes = struct.unpack_from("<II", main, LENGTHS_AT)
    start, size = struct.unpack_from("<II", main, CLX_AT)
    places = _piece_table(table[start : start + size])
    count = (len(places) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", places)
    found, last = [], body + notes
    for at in range(count):
        length = min(ends[at + 1], last) - ends[at]
        if length <= 0:
            continue
        (place,) = struct.unpack_from("<I", places, 4 * (count + 1) + 8 * at + 2)
        found.append(_run(main, place, length))
    return "".join(found)


def _run(main: bytes, place: int, length: int) -> str:
    if place & IN_BYTES:
        start = (place & ~IN_BYTES) // 2
        return main[start : start + length].decode("cp1252", "replace")
    return main[place : place + 2 * length].decode("utf-16-le", "replace")


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise Unreadable("corrupt")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _without_fields(text: str) -> str:
    """Fields keep their result and lose their instruction; inner ones come first."""
    for _ in range(8):
        shorter = _FIELD.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


# ------------------------------------------------------------------------------------- PowerPoint

HEADER = struct.Struct("<HHI")
IS_CONTAINER = 0xF
DOCUMENT, SLIDE, PERSIST_PLACES, LAST_EDIT, CURRENT_USER = 1000, 1006, 6002, 4085, 4086
TEXTS_OF_SLIDES, SLIDE_PLACE, TEXT, TEXT_IN_BYTES = 4080, 1011, 4000, 4008
MAX_DEPTH = 12
MAX_EDITS = 1000


def _deck(streams: Any) -> Iterator[Piece]:
    """The slides as the newest save lists them: titles stand in the list, the rest on the slide."""
    data = streams.openstream(DECK).read()
    places, document = _places(data, streams.openstream("Current User").read())
    for number, (key, listed) in enumerate(_listed_slides(data, places[document]), 1):
        if number > MAX_PAGES:
            raise Unreadable("too_big")
        drawn = list(_texts(data, *_body(data, places[key]))) if key in places else []
        yield from in_pieces([tidy(text) for text in (*listed, *drawn)], number)


def _body(data: bytes, at: int) -> tuple[int, int]:
    """Start and end of a record's content."""
    _, _, size = HEADER.unpack_from(data, at)
    return at + 8, min(at + 8 + size, len(data))


def _records(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """`(version and instance, kind, start, end)` of the records in a stretch."""
    while start + 8 <= end:
        head, kind, size = HEADER.unpack_from(data, start)
        yield head, kind, start + 8, min(start + 8 + size, end)
        start += 8 + size


def _places(data: bytes, current: bytes) -> tuple[dict[int, int], int]:
    """Where each persistent object lies, and the key of the document. Newer edits win."""
    places: dict[int, int] = {}
    magic, edit = struct.unpack_from("<II", current, 12)
    if magic == 0xF3D1C4DF:
        raise Unreadable("encrypted")
    document = 0
    for _ in range(MAX_EDITS):
        start, _end = _body(data, edit)
        before, directory, key = struct.unpack_from("<III", data, start + 8)
        document = document or key
        for found, place in _directory(data, directory):
            places.setdefault(found, place)
        if not before:
            return places, document
        edit = before
    raise Unreadable("corrupt")


def _directory(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    start, end = _body(data, at)
    while start + 4 <= end:
        (head,) = struct.unpack_from("<I", data, start)
        first, count = head & 0xFFFFF, head >> 20
        for i, place in enumerate(struct.unpack_from(f"<{count}I", data, start + 4)):
            yield first + i, place
        start += 4 + 4 * count


def _listed_slides(data: bytes, document: int) -> Iterator[tuple[int, list[str]]]:
    """`(key, texts)` of each slide in the document's list."""
    for head, kind, start, end in _records(data, *_body(data, document)):
        if kind != TEXTS_OF_SLIDES or head >> 4 != 0:
            continue
        key: int | None = None
        texts: list[str] = []
        for _head, inner, at, until in _records(data, start, end):
            if inner == SLIDE_PLACE:
                if key is not None:
                    yield key, texts
                key, texts = struct.unpack_from("<I", data, at)[0], []
            else:
                texts += _atom(data, inner, at, until)
        if key is not None:
            yield key, texts


def _texts(data: bytes, start: int, end: int, depth: int = 0) -> Iterator[str]:
    """All texts in a container and the containers within it."""
    for head, kind, at, until in _records(data, start, end):
        if head & IS_CONTAINER == IS_CONTAINER and depth < MAX_DEPTH:
            yield from _texts(data, at, until, depth + 1)
        else:
            yield from _atom(data, kind, at, until)


def _atom(data: bytes, kind: int, start: int, end: int) -> list[str]:
    if kind == TEXT:
        return [data[start:end].decode("utf-16-le", "replace").replace("\x0b", "\n")]
    if kind == TEXT_IN_BYTES:
        return [data[start:end].decode("latin-1").replace("\x0b", "\n")]
    return []
