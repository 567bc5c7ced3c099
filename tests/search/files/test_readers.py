"""Every kind of file gives its text; what cannot be read says why."""

from __future__ import annotations

import io
import zipfile

import pytest

from search.files.models import State
from search.files.readers import ocr
from search.files.reading import Reading, read_text, understand

from . import makers

TEXT = "Kế hoạch sử dụng đất năm 2026"
ON_PAGES = makers.make_pdf("Trang bìa", "Danh mục công trình, dự án đường Bạch Đằng")


def read(data: bytes, name: str, seconds: float = 60) -> Reading:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return read_text(file, name, seconds)


def texts(reading: Reading) -> list[tuple[int, str]]:
    return [(piece.number, piece.text) for piece in reading.pieces]


def test_a_pdf_gives_its_pages() -> None:
    reading = read(ON_PAGES, "ke-hoach.pdf")
    assert reading.state == State.OK
    assert reading.parts == "page"
    assert texts(reading) == [(1, "Trang bìa"), (2, "Danh mục công trình, dự án đường Bạch Đằng")]


def test_a_word_document_gives_pages_as_word_broke_them() -> None:
    reading = read(makers.make_docx(["Tờ trình", "Kính gửi: UBND huyện"], [TEXT]), "to-trinh.docx")
    assert texts(reading) == [(1, "Tờ trình\nKính gửi: UBND huyện"), (2, TEXT)]


def test_a_word_document_that_was_never_laid_out_has_no_pages() -> None:
    reading = read(makers.make_docx([TEXT]), "a.docx")
    assert texts(reading) == [(0, TEXT)]
    assert not any("đã xóa" in piece.text for piece in reading.pieces)


def test_a_workbook_gives_its_sheets_by_name() -> None:
    data = makers.make_xlsx(Thu=[["Khoản", 1500.0], ["Phí chợ", None]], Chi=[["Sửa đường", 2.5]])
    reading = read(data, "ngan-sach.xlsx")
    assert [(p.number, p.name, p.text) for p in reading.pieces] == [
        (1, "Thu", "Khoản 1500\nPhí chợ"), (2, "Chi", "Sửa đường 2.5"),
    ]  # fmt: skip
    assert reading.parts == "sheet"


def test_slides_come_in_the_order_of_the_show() -> None:
    assert texts(read(makers.make_pptx("Mở đầu", "Kết quả"), "a.pptx")) == [
        (1, "Mở đầu"), (2, "Kết quả"),
    ]  # fmt: skip


def test_open_documents() -> None:
    paragraphs = "<text:p>Hội nghị<text:s text:c='2'/>xã</text:p>"
    more = "<text:p><text:soft-page-break/>Trang hai</text:p>"
    assert texts(read(makers.make_open_document(paragraphs), "a.odt")) == [(0, "Hội nghị xã")]
    assert texts(read(makers.make_open_document(paragraphs + more), "a.odt")) == [
        (1, "Hội nghị xã"), (2, "Trang hai"),
    ]  # fmt: skip
    table = (
        "<table:table table:name='Quý I'><table:table-row><table:table-cell><text:p>Lúa</text:p>"
        "</table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    reading = read(makers.make_open_document(table, "spreadsheet"), "a.ods")
    assert [(p.number, p.name, p.text) for p in reading.pieces] == [(1, "Quý I", "Lúa 12")]


def test_old_word_documents_with_unicode_and_old_fonts() -> None:
    field = "\x13 HYPERLINK x \x14thông báo\x15"
    data = makers.make_doc(f"{TEXT}\r{field}\r")
    assert texts(read(data, "cu.doc")) == [(0, f"{TEXT}\nthông báo")]
    tcvn3 = "Uû ban nh©n d©n x· Thanh S¬n th«ng b¸o".encode("cp1252")
    old = read(makers.make_doc("", in_bytes=tcvn3), "rat-cu.doc")
    assert texts(old) == [(0, "Uỷ ban nhân dân xã Thanh Sơn thông báo")]


def test_old_presentations_and_workbooks() -> None:
    deck = makers.make_ppt(("Mở đầu", "Nội dung một"), ("Kết luận", "Nội dung hai"))
    assert texts(read(deck, "cu.ppt")) == [
        (1, "Mở đầu\nNội dung một"), (2, "Kết luận\nNội dung hai"),
    ]  # fmt: skip
    sheet = read(makers.make_xls("Quý I", "Thu phí chợ", "Chi"), "cu.xls")
    assert [(p.number, p.name, p.text) for p in sheet.pieces] == [(1, "Quý I", "Thu phí chợ Chi")]


def test_plain_and_rich_text() -> None:
    assert texts(read(makers.make_rtf(TEXT), "a.rtf")) == [(0, f"{TEXT}\nGiá tr nghìn")]
    assert texts(read(TEXT.encode("utf-16"), "a.txt")) == [(0, TEXT)]
    assert texts(read(b"M\xb7 s\xe8;Th\xabn\nD\xa9n s\xe8;12", "a.csv"))[0][1].endswith("12")
    page = f"<html><style>p {{}}</style><p>{TEXT}</p><script>var x</script></html>".encode()
    assert texts(read(page, "bang.xls")) == [(0, TEXT)], "many programs save pages as .xls"


def test_the_content_decides_and_not_the_name() -> None:
    assert texts(read(makers.make_docx([TEXT]), "mis-named.doc")) == [(0, TEXT)]


@pytest.mark.parametrize(
    ("data", "name", "state"),
    [
        (makers.make_pdf("Mật", locked=True), "a.pdf", State.ENCRYPTED),
        (makers.make_doc(TEXT, encrypted=True), "a.doc", State.ENCRYPTED),
        (makers.make_compound({"EncryptedPackage": b"x"}), "a.docx", State.ENCRYPTED),
        (
            makers.make_open_document("", manifest="<m><encryption-data/></m>"),
            "a.odt",
            State.ENCRYPTED,
        ),
        (b"%PDF-1.4 and nothing else", "a.pdf", State.CORRUPT),
        (ON_PAGES[:300], "a.pdf", State.CORRUPT),
        (makers.make_docx([TEXT])[:-40], "a.docx", State.CORRUPT),
        (makers.make_zip(**{"word/document.xml": "<w:p><w:t>cắt"}), "a.docx", State.CORRUPT),
        (makers.make_doc(TEXT)[:700], "a.doc", State.CORRUPT),
        (bytes(range(256)) * 4, "a.doc", State.CORRUPT),
        (b"\xff\xd8\xff\xe0" + bytes(200), "a.pdf", State.CORRUPT),
        (b"", "a.pdf", State.EMPTY),
        (makers.make_docx([]), "a.docx", State.EMPTY),
        (makers.make_zip(readme="x"), "a.zip", State.ARCHIVE),
        (makers.make_zip(**{"[Content_Types].xml": "x"}), "a.xlsb", State.UNKNOWN),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, state: State) -> None:
    assert read(data, name).state == state


def test_a_scan_without_text_recognition_says_so() -> None:
    expected = State.EMPTY if ocr.is_installed() else State.NO_OCR
    assert read(makers.make_scan(), "scan.pdf").state == expected


# ---------------------------------------------------------------------------------- hostile files


def test_of_many_pages_the_first_five_hundred_are_read() -> None:
    reading = read(makers.make_pdf(*(f"Trang {n}" for n in range(1, 511))), "dai.pdf")
    assert reading.state == State.TOO_BIG
    assert len(reading.pieces) == 500


def test_a_long_text_is_read_up_to_a_limit() -> None:
    reading = read(("một hai ba bốn năm\n" * 200_000).encode(), "dai.txt")
    assert reading.state == State.TOO_BIG
    assert 1_900_000 < sum(len(piece.text) for piece in reading.pieces) <= 2_000_000


def bomb(member: str, size: int = 300_000_000) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open(member, "w", force_zip64=True) as file,
    ):
        for _ in range(size // 10_000_000):
            file.write(b"<a>" * 3_333_333)
    return buffer.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    reading = read(bomb("word/document.xml"), "bom.docx")
    assert reading.state == State.TOO_BIG
    assert not reading.pieces


def test_what_needs_too_much_memory_ends_the_reader_only() -> None:
    # Within the size that may be unpacked, but nested: every element is held.
    state = read(bomb("word/document.xml", 190_000_000), "sau.docx").state
    assert state in (State.TOO_BIG, State.CORRUPT, State.TIMEOUT)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:p xmlns:w="w">&b;</w:p>'
    assert read(makers.make_zip(**{"word/document.xml": bomb}), "a.docx").state == State.CORRUPT


def test_a_reader_that_takes_too_long_is_ended() -> None:
    assert read(ON_PAGES, "cham.pdf", seconds=0.01).state == State.TIMEOUT


def test_what_was_read_before_the_end_is_kept() -> None:
    lines = b'{"number": 1, "name": "", "text": "Trang"}\n{"number": 2, "name": "", "te'
    reading = understand(io.BytesIO(lines), State.TIMEOUT)
    assert reading.state == State.TIMEOUT
    assert texts(reading) == [(1, "Trang")]
    assert reading.parts == "page"
