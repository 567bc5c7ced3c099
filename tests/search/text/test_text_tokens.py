"""Syllables in one spelling, tokens with offsets, and the strings to index."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import analyse, canonical, forms, is_syllable, sort_key, tokens
from search.text.chars import lower, nfc
from search.text.collation import person_sort_key
from search.text.tokens import MAX_TOKEN_LENGTH

ANY_TEXT = st.text(st.characters(), max_size=200)


def is_word_char(char: str) -> bool:
    # Ideographs of planes 2 and 3 may be newer than this Python's Unicode tables.
    return unicodedata.category(char)[0] in "LMN" or ord(char) >= 0x20000


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("hoà", "hòa"),
        ("Thuỷ", "Thủy"),
        ("HOÈ", "HÒE"),
        ("toàn", "toàn"),
        ("tòan", "toàn"),
        ("khuỷu", "khuỷu"),
        ("qủa", "quả"),
        ("giếng", "giếng"),
        ("kỹ", "kĩ"),
        ("Mỹ", "Mĩ"),
        ("quý", "quí"),
        ("quỳnh", "quỳnh"),
        ("thúy", "thúy"),
        ("y", "y"),
        ("ý", "ý"),
        ("café", "café"),
    ],
)
def test_every_syllable_has_one_spelling(written: str, spelling: str) -> None:
    assert canonical(written) == spelling


@given(ANY_TEXT)
def test_one_spelling_is_stable_and_keeps_the_length(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert len(once) == len(nfc(text))


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "khuya", "xoong", "ưu", "yếu", "giặt", "gì", "đắk", "người", "oẳn"]
)
def test_syllables_are_recognised(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["street", "bản̉", "dât", "xyz", "hệêt", "nguời", "email", "ứớ", "kdc"]
)
def test_what_cannot_be_a_syllable_is_not(word: str) -> None:
    assert not is_syllable(nfc(word))


def test_tokens_are_words_with_both_forms_and_offsets() -> None:
    text = "UBND xã Hoà Bình: 15/2024/QĐ-UBND"
    found = tokens(text)
    assert [t.exact for t in found] == ["ubnd", "xã", "hòa", "bình", "15", "2024", "qđ", "ubnd"]
    assert [t.fold for t in found] == ["ubnd", "xa", "hoa", "binh", "15", "2024", "qd", "ubnd"]
    assert all(text[t.start : t.end] == t.text for t in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("kỹ thuật", "kĩ thuật"), ("QUÝ", "quí"), ("m²", "m2"), ("ĐƯỜNG", "đường")],
)
def test_other_spellings_give_the_same_tokens(one: str, other: str) -> None:
    assert analyse(one) == analyse(other)


def test_i_and_y_meet_without_accents_too() -> None:
    assert forms("ky")[1] == forms("kĩ")[1] == forms("Kỹ")[1]


@given(ANY_TEXT)
def test_offsets_of_tokens_are_offsets_in_the_nfc_text(text: str) -> None:
    composed = nfc(text)
    ends = [0]
    for token in tokens(text):
        assert composed[token.start : token.end] == token.text
        assert token.start >= ends[-1]
        assert token.fold
        assert 1 <= len(token.exact) <= MAX_TOKEN_LENGTH
        ends.append(token.end)


@given(ANY_TEXT)
def test_the_index_gets_tokens_that_no_tokenizer_splits_further(text: str) -> None:
    index = analyse(text)
    exact, folded = index.exact.split(" "), index.folded.split(" ")
    assert len(exact) == len(folded)
    for token in filter(None, [*exact, *folded]):
        # Letters, digits and their marks only; already in lower case; the same when read again.
        assert all(is_word_char(char) for char in token)
        assert lower(token) == token
        assert [t.exact for t in tokens(token)] == [token]
    assert analyse(index.exact).folded == index.folded


@given(ANY_TEXT)
def test_nfc_and_nfd_texts_are_indexed_alike(text: str) -> None:
    forms_of_text = (nfc(text), unicodedata.normalize("NFD", text))
    assert analyse(forms_of_text[0]) == analyse(forms_of_text[1])


def test_the_index_is_bounded_by_the_text() -> None:
    text = "đ" * 100_000 + " " + "15/" * 50_000
    index = analyse(text)
    assert len(index.exact) <= len(text)
    assert max(map(len, index.exact.split())) == MAX_TOKEN_LENGTH


def test_document_numbers_get_keys_of_their_own() -> None:
    index = analyse("Theo Quyết định số 15/2024/QĐ-UBND ngày 5/7/2024 của UBND tỉnh")
    assert "15/2024/qdubnd" in index.numbers
    assert {"15/2024", "15/qd", "15"} <= set(index.numbers)


def test_vietnamese_order_is_by_letter_then_tone() -> None:
    names = [
        "Ơ",
        "Ư",
        "Đào",
        "Ánh",
        "Ân",
        "Bình",
        "An",
        "Ăn",
        "Dung",
        "Ông",
        "Ao",
        "Êm",
        "Em",
        "Ô",
        "O",
    ]
    assert sorted(names, key=sort_key) == [
        "An",
        "Ánh",
        "Ao",
        "Ăn",
        "Ân",
        "Bình",
        "Dung",
        "Đào",
        "Em",
        "Êm",
        "O",
        "Ô",
        "Ông",
        "Ơ",
        "Ư",
    ]
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == tones


def test_the_tone_of_an_early_word_counts_less_than_a_late_letter() -> None:
    names = ["Sà Lan", "Sa Pả", "Sa Pa", "Sả Lai", "Phường 10", "Phường 2"]
    assert sorted(names, key=sort_key) == [
        "Phường 2",
        "Phường 10",
        "Sả Lai",
        "Sà Lan",
        "Sa Pa",
        "Sa Pả",
    ]


def test_small_letters_come_before_capitals_and_spellings_are_equal() -> None:
    assert sort_key("ánh") < sort_key("Ánh")
    assert sort_key("Hoà Bình") == sort_key("Hòa Bình")


def test_people_are_ordered_by_given_name() -> None:
    people = ["Nguyễn Văn Bình", "Trần An", "Lê Văn An"]
    assert sorted(people, key=person_sort_key) == ["Lê Văn An", "Trần An", "Nguyễn Văn Bình"]


@given(ANY_TEXT)
def test_sort_keys_are_digits_in_any_database(text: str) -> None:
    assert re.fullmatch(r"\d*", sort_key(text), re.ASCII)
