"""Scanned pages are read by Tesseract where it is; where it is not, the file is listed.

The program itself is asked where this machine has it with its Vietnamese data. How it is called and
what becomes of its answers, its mistakes and its slowness is tested everywhere with a stand-in.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from PIL import Image as Pillow

from search.files.models import State
from search.files.readers import ocr
from search.files.reading import Reading, read_text
from search.text import fold

from . import makers

SCAN = Path(__file__).with_name("scan.png")
STAND_IN = """#!{python}
import pathlib, sys, time
if "--list-langs" in sys.argv:
    print("List of available languages:\\n{languages}")
    sys.exit()
assert sys.argv[1:] == ["stdin", "stdout", "-l", "vie", "--psm", "3"], sys.argv
picture = sys.stdin.buffer.read()
assert picture.startswith(b"P5 "), picture[:20]
calls = pathlib.Path(__file__).with_name("calls")
calls.write_text(calls.read_text() + "x" if calls.exists() else "x")
{answer}
"""


def read(data: bytes, seconds: float = 60) -> Reading:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return read_text(file, "quet.pdf", seconds)


def scanned() -> bytes:
    """A decision as a scanner gives it: slightly askew, with specks, without a text layer."""
    buffer = io.BytesIO()
    Pillow.open(SCAN).convert("L").save(buffer, "PDF", resolution=110)
    return buffer.getvalue()


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the only `tesseract` that is found; `answer` is written by the test."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def write(folder: Path, answer: str, languages: str = "eng\\nvie") -> None:
    program = folder / "tesseract"
    program.write_text(STAND_IN.format(python=sys.executable, answer=answer, languages=languages))
    program.chmod(0o755)


def test_a_scan_is_read_or_listed() -> None:
    reading = read(scanned())
    if not ocr.is_installed():
        assert reading.state == State.NO_OCR
        return
    assert reading.state == State.OK
    text = fold(" ".join(piece.text for piece in reading.pieces))
    for words in ("uy ban nhan dan", "47/2025/qd", "nao vet", "chiem xuan"):
        assert words in text


def test_recognised_text_is_the_text_of_its_page(stand_in: Path) -> None:
    write(stand_in, 'print("Nạo vét kênh mương")')
    reading = read(makers.make_scan(2))
    assert reading.state == State.OK
    assert [(piece.number, piece.text.strip()) for piece in reading.pieces] == [
        (1, "Nạo vét kênh mương"), (2, "Nạo vét kênh mương"),
    ]  # fmt: skip


def test_a_page_with_a_text_layer_is_not_recognised(stand_in: Path) -> None:
    write(stand_in, 'print("nothing")')
    assert read(makers.make_pdf("Danh mục công trình, dự án")).state == State.OK
    assert not (stand_in / "calls").exists()


@pytest.mark.parametrize("languages", ["eng", "eng\\nosd"])
def test_without_vietnamese_data_nothing_is_recognised(stand_in: Path, languages: str) -> None:
    write(stand_in, 'print("Nao vet kenh muong")', languages)
    reading = read(makers.make_scan())
    assert reading.state == State.NO_OCR
    assert not (stand_in / "calls").exists()


@pytest.mark.parametrize("answer", ["sys.exit(1)", "import os; os.abort()", "pass"])
def test_a_page_that_cannot_be_made_out_is_empty(stand_in: Path, answer: str) -> None:
    write(stand_in, answer)
    assert read(makers.make_scan()).state == State.EMPTY


def test_slow_recognition_ends_in_time_and_keeps_what_it_has(stand_in: Path) -> None:
    write(
        stand_in,
        'print("Trang đầu", flush=True)\nif len(calls.read_text()) > 1:\n    time.sleep(60)',
    )
    started = time.monotonic()
    reading = read(makers.make_scan(3), seconds=6)
    assert time.monotonic() - started < 30
    assert reading.state == State.TIMEOUT
    assert [piece.text.strip() for piece in reading.pieces] == ["Trang đầu"]
