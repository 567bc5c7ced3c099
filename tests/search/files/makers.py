"""Small files of every kind, written byte by byte: no program is needed to make them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Any

import openpyxl
from PIL import Image as Pillow

# ------------------------------------------------------------------------------------------- PDF


def make_pdf(*pages: str, locked: bool = False) -> bytes:
    """A PDF with a line of text a page, in a font that says which letters its codes are."""
    letters = sorted({letter for page in pages for letter in page})
    codes = {letter: code for code, letter in enumerate(letters, 1)}
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{_kids(len(pages))}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 4 0 R>>",
        _stream(_unicode_map(codes)),
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        shown = "".join(f"{codes[letter]:02x}" for letter in page)
        objects.append(_stream(f"BT /F1 12 Tf 40 800 Td <{shown}> Tj ET".encode()))
    return _pdf(objects, locked=locked)


def make_scan(pages: int = 1) -> bytes:
    """A PDF of pictures, as a scanner makes it."""
    pictures = [Pillow.new("L", (300, 400), 200 + at % 50) for at in range(pages)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


def _kids(count: int) -> str:
    return " ".join(f"{5 + 2 * at} 0 R" for at in range(count))


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _unicode_map(codes: dict[str, int]) -> bytes:
    lines = "".join(
        f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>\n" for letter, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{lines}endbfchar\nendcmap end end"
    ).encode()


def _pdf(objects: Sequence[bytes], *, locked: bool) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(data)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    # Keys that no password fits.
    key = b"11" * 32
    lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (key, key)
    trailer = b"trailer<</Size %d/Root 1 0 R%s>>" % (len(objects) + 1, lock if locked else b"")
    return data + trailer + b"\nstartxref\n%d\n%%%%EOF" % start


# --------------------------------------------------------------------------------- packed XML files

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_zip(**members: str) -> bytes:
    """A ZIP archive; `__` in a name stands for `/`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def make_docx(*pages: Sequence[str]) -> bytes:
    """A Word document: paragraphs by pages."""
    body = ""
    for number, paragraphs in enumerate(pages):
        for at, text in enumerate(paragraphs):
            end = "<w:lastRenderedPageBreak/>" if number and not at else ""
            body += f"<w:p><w:r>{end}<w:t>{escape(text)}</w:t></w:r></w:p>"
    body += "<w:p><w:del><w:r><w:delText>đoạn đã xóa</w:delText></w:r></w:del></w:p>"
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return make_zip(**{"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def make_pptx(*slides: str) -> bytes:
    """A presentation; its slides are stored in the opposite order of the show."""
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    count = len(slides)
    members = {
        f"ppt/slides/slide{count - at}.xml": f'<p xmlns:a="{a}"><a:p><a:t>{text}</a:t></a:p></p>'
        for at, text in enumerate(slides)
    }
    ids = "".join(f'<p:sldId id="{256 + at}" r:id="r{count - at}"/>' for at in range(count))
    members["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="p" xmlns:r="{R}"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>'
    )
    links = "".join(
        f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in range(1, count + 1)
    )
    members["ppt/_rels/presentation.xml.rels"] = f"<Relationships>{links}</Relationships>"
    return make_zip(**members)


def make_open_document(content: str, kind: str = "text", manifest: str = "<m/>") -> bytes:
    """An OpenDocument file; `content` uses the prefixes text: and table:."""
    xml = (
        '<o:document-content xmlns:o="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d">'
        f"<o:body><o:{kind}>{content}</o:{kind}></o:body></o:document-content>"
    )
    return make_zip(**{
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": manifest,
        "content.xml": xml,
    })  # fmt: skip


def make_xlsx(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook: rows by the names of sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# --------------------------------------------------------------------------------------- OLE files

SECTOR = 512
FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file. Streams are padded to 4096 bytes, so that none goes to the mini stream."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains: list[int] = []
    sectors, starts = b"", {}
    for name, data in padded.items():
        starts[name] = len(chains)
        count = -(-len(data) // SECTOR)
        chains += [len(chains) + at + 1 for at in range(count - 1)] + [LAST]
        sectors += data.ljust(count * SECTOR, b"\0")
    directory_at = len(chains)
    entries = [_entry("Root Entry", 5, FREE, 1 if streams else FREE, LAST, 0)]
    names = list(padded)
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else FREE
        entries.append(_entry(name, 2, right, FREE, starts[name], len(padded[name])))
    directory = b"".join(entries).ljust(SECTOR * -(-len(entries) * 128 // SECTOR), b"\0")
    count = len(directory) // SECTOR
    chains += [directory_at + at + 1 for at in range(count - 1)] + [LAST]
    table_at = len(chains)
    chains.append(TABLE)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    assert len(chains) <= SECTOR // 4, "one sector of the table is enough for tests"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    head += struct.pack("<IIIIIII", directory_at, 0, 4096, LAST, 0, LAST, 0)
    head += struct.pack("<I", table_at).ljust(SECTOR - len(head), b"\xff")
    return head + sectors + directory + table


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(encoded), kind, 1, FREE, right, child
    )
    return head + bytes(36) + struct.pack("<IQ", start, size)


def make_doc(text: str, *, in_bytes: bytes = b"", encrypted: bool = False) -> bytes:
    """An old Word document of a Unicode piece, and one of old-font bytes after it."""
    start = 1024
    body = text.encode("utf-16-le")
    lengths = [0, len(text), len(text) + len(in_bytes)]
    places = [start, (start + len(body)) * 2 | 0x40000000]
    table = struct.pack("<3I", *lengths)
    table += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\2" + struct.pack("<I", len(table)) + table
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<II", main, 0x4C, lengths[2], 0)
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return make_compound({"WordDocument": bytes(main) + body + in_bytes, "1Table": clx})


def _record(kind: int, content: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    return (
        struct.pack("<HHI", (instance << 4) | (0xF if container else 0), kind, len(content))
        + content
    )


def make_ppt(*slides: tuple[str, str]) -> bytes:
    """An old presentation: title and text of each slide."""
    listed, drawn = b"", b""
    places: list[int] = []
    for key, (title, text) in enumerate(slides, 2):
        listed += _record(1011, struct.pack("<IIIII", key, 0, 0, 256, 0))
        listed += _record(4000, title.encode("utf-16-le"))
        places.append(len(drawn))
        drawn += _record(
            1006,
            _record(0xF00D, _record(4000, text.encode("utf-16-le")), container=True),
            container=True,
        )
    document = _record(1000, _record(4080, listed, container=True), container=True)
    data = document + drawn
    directory_at = len(data)
    offsets = [0, *(len(document) + place for place in places)]
    directory = struct.pack("<I", len(offsets) << 20 | 1) + struct.pack(
        f"<{len(offsets)}I", *offsets
    )
    data += _record(6002, directory)
    edit_at = len(data)
    data += _record(4085, struct.pack("<IIIII", 0, 0, 0, directory_at, 1) + bytes(8))
    user = _record(4086, struct.pack("<III", 20, 0xE391C05F, edit_at) + bytes(16))
    return make_compound({"PowerPoint Document": data, "Current User": user})


def make_xls(name: str, *cells: str) -> bytes:
    """An old workbook: one sheet, one row."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    end = record(0x0A, b"")
    place = len(opening) + 4 + 6 + len(title) + len(end)
    book = opening + record(0x85, struct.pack("<IBB", place, 0, 0) + title) + end
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for column, cell in enumerate(cells):
        text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
        sheet += record(0x204, struct.pack("<HHH", 0, column, 0) + text)
    return make_compound({"Workbook": book + sheet + end})


def make_rtf(text: str) -> bytes:
    """Rich text with a font table, a hidden instruction and Unicode letters."""
    letters = "".join(
        letter if letter.isascii() else f"\\u{(ord(letter) + 0x8000) % 0x10000 - 0x8000}?"
        for letter in text
    )
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}{\*\generator Word}"
        r"{\field{\*\fldinst HYPERLINK}{\fldrslt " + letters + r"}}\par Gi\'e1 tr\~ngh\u236?n\par}"
    ).encode("ascii")
