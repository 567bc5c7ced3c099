"""Cleaning and folding keep what was written and keep offsets."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import clean, fold, has_marks, lower
from search.text.chars import fold_to_bytes

ANY_TEXT = st.text(st.characters(), max_size=200)
VIETNAMESE = st.text("aăâbcdđeêoôơuưyÁÀẢÃẠấầẩẫậđĐ \u0301\u0302\u031b\u0323ßİ😀", max_size=60)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Trần Hưng Đạo", "duong tran hung dao"),
        ("QUYẾT ĐỊNH", "quyet dinh"),
        ("Thủy Thuỷ", "thuy thuy"),
        ("Straße", "straße"),
        ("İstanbul", "istanbul"),
        ("Việt 👨‍👩‍👧 Nam", "viet 👨‍👩‍👧 nam"),
        ("ＡＢＣ ² ٣", "abc 2 3"),
        ("한국 中国", "한국 中国"),
    ],
)
def test_folding_drops_case_accents_and_the_bar_of_d(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(nfd(text)) == folded


@given(ANY_TEXT | VIETNAMESE)
def test_folded_text_has_the_length_of_the_nfc_text(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))
    assert len(lower(text)) == len(nfc(text))


@given(ANY_TEXT | VIETNAMESE)
def test_folding_is_idempotent_and_the_same_for_nfc_and_nfd(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(nfc(text)) == folded == fold(nfd(text))


def test_every_single_code_point_keeps_its_length_when_folded() -> None:
    broken = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if len(fold(chr(code))) != len(nfc(chr(code))) or fold(fold(chr(code))) != fold(chr(code))
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x07c", "abc"),
        ("Ðảng ủy ð", "Đảng ủy đ"),
        ("  nhiều \t khoảng\u00a0\u2003trắng \r\n", "nhiều khoảng trắng"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("ofﬁce", "office"),
        ("a\u0301\u0302", "ấ"),
        ("gia đình 👨‍👩‍👧", "gia đình 👨‍👩‍👧"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("", ""),
    ],
)
def test_cleaning_drops_what_only_disturbs(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_cleaning_can_keep_the_lines() -> None:
    assert clean(" một \r\n\r\n\r\n  hai\rba ", keep_lines=True) == "một\n\nhai\nba"


@given(ANY_TEXT | VIETNAMESE, st.booleans())
def test_cleaning_is_idempotent_and_can_be_stored(text: str, keep_lines: bool) -> None:
    cleaned = clean(text, keep_lines=keep_lines)
    assert clean(cleaned, keep_lines=keep_lines) == cleaned == nfc(cleaned)
    assert "\x00" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


def test_marks_are_accents_and_the_bar_of_d() -> None:
    assert has_marks("đi")
    assert has_marks("Á")
    assert not has_marks("HOA binh 😀")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Quyết định số 15, “Đất”…", b"quyet dinh so 15   dat  "),
        ("Privet Привет", b"privet ______"),
        ("Śląsk ½ 国", b"slask _ _"),
        ("một\nhai_ba", b"mot hai ba"),
        ("đất 😀đỏ 𝐀", b"dat  do a"),
    ],
)
def test_text_is_folded_to_one_byte_for_each_character(text: str, folded: bytes) -> None:
    assert fold_to_bytes(text) == folded
    assert len(folded) == len(text)


@given(st.one_of(ANY_TEXT, VIETNAMESE))
def test_every_letter_of_latin_folds_to_the_same_byte(text: str) -> None:
    text = nfc(text)
    for char, byte in zip(fold(text), fold_to_bytes(text), strict=True):
        is_latin = char.isascii() and char.isalnum()
        assert chr(byte) == char if is_latin else chr(byte) in "_ "
