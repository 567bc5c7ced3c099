"""Files that are ZIP archives of XML: Word, PowerPoint and OpenDocument."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .pieces import MAX_PAGES, MAX_UNPACKED, Piece, Unreadable, in_pieces

Events = Iterator[tuple[str, Element]]
WORD = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
DECK = "ppt/presentation.xml"
OPEN_DOCUMENT = "content.xml"


def open_packed(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, unless it is damaged or unpacks to too much."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("corrupt") from error
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
        raise Unreadable("too_big")
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise Unreadable("encrypted")
    return archive


def _events(archive: zipfile.ZipFile, name: str) -> Events:
    """Start and end of each element, by its name without namespace; ended ones are dropped."""
    try:
        with archive.open(name) as member:
            for event, element in iterparse(member, events=("start", "end")):
                yield event, element
                if event == "end" and _local(element) in ("p", "sdt", "tr", "table-row", "sldId"):
                    element.clear()
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, KeyError, EOFError) as error:
        raise Unreadable("corrupt") from error


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Element, name: str) -> str:
    """The value of an attribute, whatever its namespace."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


# ------------------------------------------------------------------------------------------- Word


def read_docx(archive: zipfile.ZipFile) -> Iterator[Piece]:
    """A Word document by pages, as Word last broke them; notes follow at the end."""
    pages = _word_pages(archive, WORD)
    first, more = next(pages, ""), next(pages, None)
    if more is None:
        yield from in_pieces(first.split("\n"))
    else:
        yield from in_pieces(first.split("\n"), 1)
        yield from in_pieces(more.split("\n"), 2)
        for number, page in enumerate(pages, 3):
            yield from in_pieces(page.split("\n"), number)
    for name in NOTES:
        if name in archive.namelist():
            yield from in_pieces("\n".join(_word_pages(archive, name)).split("\n"))


def _word_pages(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The text between page breaks. Deleted text and the copies for old programs are left out."""
    text: list[str] = []
    copies = 0
    for event, element in _events(archive, name):
        tag = _local(element)
        if tag == "Fallback":
            copies += 1 if event == "start" else -1
        if copies:
            continue
        if event == "start" and tag == "lastRenderedPageBreak":
            yield "".join(text)
            text = []
        elif event == "end":
            text.append(_word_text(element, tag))
    yield "".join(text)


def _word_text(element: Element, tag: str) -> str:
    if tag == "t":
        return element.text or ""
    return {"p": "\n", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")


# ------------------------------------------------------------------------------------- PowerPoint


def read_pptx(archive: zipfile.ZipFile) -> Iterator[Piece]:
    """The slides of a presentation in their order."""
    slides = _slides(archive)
    for number, name in enumerate(slides[:MAX_PAGES], 1):
        text = "".join(_drawn_text(archive, name))
        yield from in_pieces(text.split("\n"), number)
    if len(slides) > MAX_PAGES:
        raise Unreadable("too_big")


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """The names of the slides' members, as the presentation lists them."""
    targets = {
        _attribute(element, "Id"): _attribute(element, "Target")
        for event, element in _events(archive, "ppt/_rels/presentation.xml.rels")
        if event == "start" and _local(element) == "Relationship"
    }
    order = [
        element.attrib.get(key, "")
        for event, element in _events(archive, DECK)
        if event == "start" and _local(element) == "sldId"
        for key in element.attrib
        if key.endswith("}id")
    ]
    members = set(archive.namelist())
    paths = (posixpath.normpath(posixpath.join("ppt", targets.get(key, ""))) for key in order)
    return [path.lstrip("/") for path in paths if path.lstrip("/") in members]


def _drawn_text(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for event, element in _events(archive, name):
        if event == "end":
            tag = _local(element)
            yield (element.text or "") if tag == "t" else {"p": "\n", "br": "\n"}.get(tag, "")


# ----------------------------------------------------------------------------------- OpenDocument

_REPEATS = re.compile(r"\A\d{1,4}\Z")


def read_open_document(archive: zipfile.ZipFile) -> Iterator[Piece]:
    """A text by pages where it says where they end, tables by sheets, slides one by one."""
    if "META-INF/manifest.xml" in archive.namelist():
        for _event, element in _events(archive, "META-INF/manifest.xml"):
            if _local(element) == "encryption-data":
                raise Unreadable("encrypted")
    parts = list(_OpenDocument().parts(_events(archive, OPEN_DOCUMENT)))
    numbered = len(parts) > 1 or bool(parts and parts[0][0])
    for number, (name, text) in enumerate(parts[:MAX_PAGES], 1):
        yield from in_pieces(text.split("\n"), number if numbered else 0, name)
    if len(parts) > MAX_PAGES:
        raise Unreadable("too_big")


def open_document_parts(archive: zipfile.ZipFile) -> str:
    """What the parts of an OpenDocument are called."""
    try:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace")
    except (KeyError, zipfile.BadZipFile):
        return "page"
    if "spreadsheet" in kind:
        return "sheet"
    return "slide" if "presentation" in kind else "page"


class _OpenDocument:
    """Collects the text of an OpenDocument part by part: `(name, text)`."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._name = ""

    def parts(self, events: Events) -> Iterator[tuple[str, str]]:
        """Walk the content."""
        kind = ""
        for event, element in events:
            tag = _local(element)
            if event == "start" and tag in ("text", "spreadsheet", "presentation") and not kind:
                kind = tag
            begins = {"text": "soft-page-break", "spreadsheet": "table", "presentation": "page"}
            if event == "start" and tag == begins.get(kind):
                yield from self._finished()
                self._name = _attribute(element, "name") if kind == "spreadsheet" else ""
            elif event == "end":
                self._take(element, tag)
        yield from self._finished()

    def _take(self, element: Element, tag: str) -> None:
        """Paragraphs are taken whole, when they end."""
        if tag in ("p", "h"):
            self._text += [_flat(element), "\n"]
        elif tag == "table-cell" and self._text and self._text[-1] == "\n":
            self._text[-1] = "\t"
        elif tag == "table-row" and self._text:
            self._text[-1] = "\n"

    def _finished(self) -> Iterator[tuple[str, str]]:
        text = "".join(self._text)
        if text.strip():
            yield self._name, text
        self._text = []


def _flat(element: Element) -> str:
    """The text of a paragraph; spaces and tabs are elements there, annotations are left out."""
    parts = [element.text or ""]
    for child in element:
        tag = _local(child)
        if tag in ("s", "tab", "line-break"):
            count = _attribute(child, "c")
            parts.append(" " * int(count) if _REPEATS.match(count) else " ")
        elif tag not in ("annotation", "note-citation", "p", "h"):
            parts.append(_flat(child))
        parts.append(child.tail or "")
    return "".join(parts)
