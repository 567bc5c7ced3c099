"""Which reader a file needs: its content decides, its name only where the content does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from search.text import decode_legacy

from .pieces import MAX_TEXT, Piece, Unreadable, tidy

HEAD = 1024
PLAIN_TEXT = (".txt", ".csv", ".doc", ".xls", ".rtf", ".htm", ".html")


def read(file: BinaryIO, name: str) -> tuple[str, Iterator[Piece]]:
    """What the parts of a file are called ("page", "sheet", "slide" or ""), and the parts.

    The text is tidy Unicode and ends at `MAX_TEXT`. Raises Unreadable, also while iterating.
    """
    head = file.read(HEAD)
    file.seek(0)
    if not head:
        raise Unreadable("empty")
    parts, pieces = _reader(file, head, PurePath(name).suffix.lower())
    return parts, _limited(pieces)


def _limited(pieces: Iterator[Piece]) -> Iterator[Piece]:
    size = 0
    for piece in pieces:
        text = tidy(decode_legacy(piece.text))
        if not text:
            continue
        size += len(text)
        if size > MAX_TEXT:
            raise Unreadable("too_big")
        yield Piece(text, piece.number, piece.name.strip()[:100])
    if not size:
        raise Unreadable("empty")


# Readers are imported when needed: each library costs time and memory.
def _reader(file: BinaryIO, head: bytes, suffix: str) -> tuple[str, Iterator[Piece]]:
    if b"%PDF-" in head:
        from .pdf import read_pdf

        return "page", read_pdf(file)
    if head.startswith(b"PK"):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        from .compound import read_compound

        return read_compound(file)
    return "", _plain(file.read(), head, suffix)


def _packed(file: BinaryIO) -> tuple[str, Iterator[Piece]]:
    from . import packed

    archive = packed.open_packed(file)
    members = set(archive.namelist())
    if packed.WORD in members:
        return "page", packed.read_docx(archive)
    if "xl/workbook.xml" in members:
        from .sheets import read_xlsx

        return "sheet", read_xlsx(file)
    if packed.DECK in members:
        return "slide", packed.read_pptx(archive)
    if packed.OPEN_DOCUMENT in members:
        return packed.open_document_parts(archive), packed.read_open_document(archive)
    raise Unreadable("unknown" if "[Content_Types].xml" in members else "archive")


def _plain(data: bytes, head: bytes, suffix: str) -> Iterator[Piece]:
    from . import plain

    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return plain.read_rtf(data)
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return plain.read_html(data)
    if suffix not in PLAIN_TEXT or (
        b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        # A damaged or foreign file; binary data searched as text would find nonsense.
        raise Unreadable("corrupt" if suffix else "unknown")
    if suffix == ".csv":
        from .sheets import read_csv

        return read_csv(data)
    return plain.read_text(data)
