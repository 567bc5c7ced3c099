"""Real PDF files: one kind holds text, the other only pictures of pages, as a scanner makes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from cms.media.models import PortalDocument
from search.text import safe_filename
from sites.units.models import AdministrativeUnit

FONTS = Path(__file__).resolve().parents[2] / "discovery" / "fonts"
REGULAR, BOLD = "be-vietnam-pro-600.ttf", "be-vietnam-pro-700.ttf"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc")
SCAN_SIZE = (1240, 1754)  # A4 at 150 dots per inch
PAPER, INK = (250, 248, 242), (40, 38, 36)


def text_pdf(head: str, title: str, lines: list[str]) -> bytes:
    """A document of one or more pages whose text can be read out and searched."""
    pdf = FPDF(format="A4")
    pdf.set_margins(25, 20, 20)
    pdf.add_font("portal", "", FONTS / REGULAR)
    pdf.add_font("portal", "B", FONTS / BOLD)
    pdf.set_title(title)
    pdf.set_lang("vi")
    pdf.add_page()
    pdf.set_font("portal", "B", 11)
    for line in MOTTO:
        pdf.multi_cell(0, 6, line, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    for line, size in ((head, 13), (title, 12)):
        pdf.set_font("portal", "B", size)
        pdf.multi_cell(0, 7, line, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("portal", "", 11)
    for line in lines:
        pdf.multi_cell(0, 6.5, line, align="J", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)
    return bytes(pdf.output())


def scanned_pdf(head: str, title: str, lines: list[str]) -> bytes:
    """The same as a slightly crooked picture without any text in the file."""
    page = Image.new("RGB", SCAN_SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    top = 150
    for text, size in ((MOTTO[0], 30), (MOTTO[1], 30), (head, 36), (title, 32)):
        top = _write(draw, text, BOLD, size, top)
    for line in lines:
        top = _write(draw, line, REGULAR, 28, top + 12)
    page = page.rotate(0.6, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)
    buffer = BytesIO()
    page.convert("L").save(buffer, "PDF", resolution=150, title="")
    return buffer.getvalue()


def _write(draw: ImageDraw.ImageDraw, text: str, font_name: str, size: int, top: int) -> int:
    """Write words in lines; returns where the next text begins."""
    font = ImageFont.truetype(FONTS / font_name, size)
    line = ""
    for word in text.split():
        if font.getlength(f"{line} {word}") > SCAN_SIZE[0] - 320:
            draw.text((160, top), line, INK, font)
            top, line = top + int(size * 1.6), word
        else:
            line = f"{line} {word}".strip()
    draw.text((160, top), line, INK, font)
    return top + int(size * 1.8)


def store_pdf(unit: AdministrativeUnit, title: str, data: bytes) -> PortalDocument:
    """A file of a unit."""
    name = safe_filename(f"{title[:80]}.pdf")
    document = PortalDocument(
        title=title[:250], unit=unit, file=ContentFile(data, name=name), file_size=len(data)
    )
    document.save()
    return document
