"""PDF: the text layer of each page, and where there is none the recognised one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from . import ocr
from .pieces import MAX_PAGES, Piece, Unreadable

# A page with fewer characters and a picture on it is a scan.
FEWEST_CHARACTERS = 20
OCR_DPI = 200


def read_pdf(file: BinaryIO) -> Iterator[Piece]:
    """The pages of a PDF."""
    document = _open(file)
    is_readable = ocr.is_installed()
    scanned = written = 0
    for at in range(min(len(document), MAX_PAGES)):
        page = document[at]
        text = page.get_textpage().get_text_range()
        if _is_scan(page, text):
            scanned += 1
            text = ocr.recognise(_picture(page)) if is_readable else ""
        written += bool(text.strip())
        yield Piece(text, at + 1)
        page.close()
    if scanned > written and not is_readable:
        raise Unreadable("no_ocr")
    if len(document) > MAX_PAGES:
        raise Unreadable("too_big")


def _open(file: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Unreadable("encrypted" if locked else "corrupt") from error


def _is_scan(page: Any, text: str) -> bool:
    if len(text.strip()) >= FEWEST_CHARACTERS:
        return False
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE,)
    return any(True for _ in page.get_objects(filter=kinds, max_depth=3))


def _picture(page: Any) -> bytes:
    """The page as a grey PNM picture."""
    bitmap = page.render(scale=OCR_DPI / 72, grayscale=True)
    image = bitmap.to_pil().convert("L")
    head = f"P5 {image.width} {image.height} 255\n".encode()
    return head + image.tobytes()
