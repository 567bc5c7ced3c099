"""What people type is understood: numbers, abbreviations, raw typing, quotes, nonsense."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import (
    Abbreviation,
    AbbreviationError,
    AbbreviationTable,
    analyse,
    decode_legacy,
    decode_typing,
    document_numbers,
    expand,
    fold,
    joined,
    parse_query,
    parted,
    query_numbers,
    shipped_table,
    tokens,
)
from search.text.keyboard import decode_telex, decode_vni, encode_telex, encode_vni
from search.text.query import MAX_CHARS, MAX_TOKENS
from search.text.syllables import ONSETS, RIMES, Syllable, compose, is_unaccented_syllable
from search.text.syllables import parse_syllable as parse

ANY_TEXT = st.text(st.characters(), max_size=300)
NASTY = st.text("\"-<>/&;()[]{}*+?~^:\\|!#\x00'“”« a1đ\n", max_size=300)


def every_syllable() -> list[str]:
    parts = (Syllable(onset, rime, tone) for onset in ONSETS for rime in RIMES for tone in range(6))
    spelt = {compose(part) for part in parts}
    return sorted(word for word in spelt if (found := parse(word)) and compose(found) == word)


SYLLABLES = every_syllable()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("15/2024/QĐ-UBND", "15/2024/qdubnd"),
        ("số 01 /2018/NĐ-CP", "1/2018/ndcp"),
        ("42/2022/NĐCP", "42/2022/ndcp"),
        ("15/2024/qd-ubnd", "15/2024/qdubnd"),
        ("66.13/2026/NQ-CP", "66.13/2026/nqcp"),
        ("72/2025/QH15", "72/2025/qh15"),
        ("1178/BTTTT-THH", "1178/bttttthh"),
        ("số 490 / QĐ – UBND", "490/qdubnd"),
        ("57-NQ/TW", "57/nqtw"),
        ("01/2024/TTLT-BTC-BTP", "1/2024/ttltbtcbtp"),
        ("123/QĐ-UBND ngày 05 tháng 7 năm 2024", "123/2024/qdubnd"),
        ("05/QĐ-UBND/2023", "5/2023/qdubnd"),
        ("15a/2024/NQ-HĐND", "15a/2024/nqhdnd"),
        ("12/SGD&ĐT-VP", "12/sgddtvp"),
    ],
)
def test_document_numbers_are_found_in_any_spelling(text: str, key: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [number.key for number in document_numbers(text)] == [key]
    assert [number.key for number in document_numbers(decomposed)] == [key]


@pytest.mark.parametrize(
    "text",
    ["12/05/2024", "24/7", "100 km/h", "62 m3 / s", "500.000 đồng/tháng", "120/80 mmHg", "5/2024",
     "số 12/A Lê Lợi", "đường 30/4 - Đường", "quận 5/TP Hồ Chí Minh", "20 m2/người"],
)  # fmt: skip
def test_dates_measures_and_houses_are_no_document_numbers(text: str) -> None:
    assert document_numbers(text) == []


@pytest.mark.parametrize(
    "typed",
    ["15/2024/qd-ubnd", "qd 15 2024", "số 15/2024", "15/QĐ-UBND năm 2024", "15/2024", "15/qd",
     "quyết định số 15 năm 2024", "quyet dinh 15 2024 ubnd", "QĐ15/2024", "qđ 15", "0015/2024"],
)  # fmt: skip
def test_half_remembered_numbers_meet_the_document(typed: str) -> None:
    (number,) = query_numbers(typed)
    assert number.key in analyse("Quyết định số 15/2024/QĐ-UBND về giá đất").numbers


@pytest.mark.parametrize("typed", ["qd 16 2024", "15/2023", "nd 15 2024", "15/2024/qd-ttg"])
def test_a_wrong_part_does_not_meet_the_document(typed: str) -> None:
    (number,) = query_numbers(typed)
    assert number.key not in document_numbers("15/2024/QĐ-UBND")[0].keys


@pytest.mark.parametrize("typed", ["tháng 5/2024", "kế hoạch 5 năm", "năm 2024", "số nhà 15"])
def test_ordinary_figures_in_a_query_are_no_document_number(typed: str) -> None:
    assert query_numbers(typed) == []


def expansions(query: str) -> list[str]:
    return [expansion.text for expansion in expand(tokens(query))]


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("UBND", "ủy ban nhân dân"),
        ("ubnd xã", "ủy ban nhân dân"),
        ("uỷ ban nhân dân", "UBND"),
        ("uy ban nhan dan", "UBND"),
        ("Sở GD&ĐT", "giáo dục và đào tạo"),
        ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
        ("CA tỉnh", "công an"),
        ("TT số 22 của bộ", "thông tư"),
        ("QH sử dụng đất", "quy hoạch"),
    ],
)
def test_abbreviations_are_expanded_both_ways(query: str, other: str) -> None:
    assert other in expansions(query)


@pytest.mark.parametrize("query", ["TT", "QH", "ca tỉnh", "số đo", "tu sửa", "đá"])
def test_what_may_mean_something_else_is_not_expanded(query: str) -> None:
    assert expansions(query) == []


def test_every_shipped_row_can_be_used() -> None:
    rows = shipped_table().rows
    assert len(rows) >= 200
    assert len({(row.short, row.long) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "row",
    [("", "x", "body"), ("UBND", "!!", "body"), ("xã", "Xã", "body"), ("a", "b", "nothing")],
)
def test_a_bad_row_is_refused_with_the_reason(row: tuple[str, str, str]) -> None:
    with pytest.raises(AbbreviationError, match=r"\w"):
        Abbreviation(*row)


def test_an_office_can_bring_rows_of_its_own() -> None:
    table = AbbreviationTable([Abbreviation("NVH", "nhà văn hóa", "place")])
    query = parse_query("nvh thôn", table)
    assert [expansion.text for expansion in query.expansions] == ["nhà văn hóa"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("uyr ban nhaan daan", "ủy ban nhân dân"),
        ("uy3 ban nha6n da6n", "ủy ban nhân dân"),
        ("quyeets ddinhj", "quyết định"),
        ("quye61t d9i5nh", "quyết định"),
        ("nguoiwf dan", "người dan"),
        ("dduwowcj", "được"),
        ("coong trinhf", "công trình"),
        ("Quyeets ddinhj 15/2024/qd-ubnd", "Quyết định 15/2024/qd-ubnd"),
    ],
)
def test_raw_typing_is_decoded(typed: str, meant: str) -> None:
    assert decode_typing(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["uy ban nhan dan", "how to register a birth", "tax", "news", "visa", "covid19", "a4", "thon3",
     "thon 3", "xoong noi", "taxi da nang", "internet", "15/2024/QD-UBND", "", "hòa bình"],
)  # fmt: skip
def test_what_can_be_meant_as_typed_stays(typed: str) -> None:
    assert decode_typing(typed) is None


def test_every_syllable_survives_telex_and_vni() -> None:
    assert len(SYLLABLES) > 10_000
    assert [w for w in SYLLABLES if decode_telex(encode_telex(w)) != w] == []
    assert [w for w in SYLLABLES if decode_vni(encode_vni(w)) != w] == []


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=12))
def test_unaccented_vietnamese_is_never_taken_for_raw_typing(words: list[str]) -> None:
    typed = fold(" ".join(words))
    assert all(map(is_unaccented_syllable, typed.split()))
    assert decode_typing(typed) is None


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("Uû ban nh©n d©n tØnh H¶i D\xad¬ng", "Uỷ ban nhân dân tỉnh Hải Dương"),
        ("thñ tôc", "thủ tục"),
        ("Coäng hoøa xaõ hoäi", "Cộng hòa xã hội"),
        ("ñöôøng", "đường"),
    ],
)
def test_text_of_old_fonts_is_decoded(pasted: str, meant: str) -> None:
    assert decode_legacy(pasted) == meant
    assert parse_query(pasted).text == meant


@pytest.mark.parametrize("text", ["Quyết định", "naïve señor © résumé", "Über café", "plain", "😀"])
def test_text_that_is_right_already_stays(text: str) -> None:
    assert decode_legacy(text) == text


def test_a_query_is_taken_apart() -> None:
    query = parse_query('"giấy khai sinh" UBND số 15/2024/QĐ-UBND -huyện -"thị trấn"')
    assert [[t.exact for t in run] for run in query.phrases] == [["giấy", "khai", "sinh"]]
    assert [[t.exact for t in run] for run in query.excluded] == [["thị", "trấn"], ["huyện"]]
    assert [number.key for number in query.numbers] == ["15/2024/qdubnd"]
    assert [e.text for e in query.expansions] == ["đăng ký khai sinh", "ủy ban nhân dân"]
    assert query.exact == "giấy khai sinh ubnd số 15 2024 qđ ubnd"
    assert [t.exact for t in query.word_tokens] == ["giấy", "khai", "sinh", "ubnd", "số"]
    assert query.has_marks
    assert query.decoded_from is None
    assert not query.truncated


def test_a_decoded_query_says_what_was_typed() -> None:
    query = parse_query("ddaats ddai")
    assert (query.text, query.decoded_from) == ("đất đai", "ddaats ddai")


@pytest.mark.parametrize("raw", ["", "   ", "!!! --- ???", "😀😀", "\x00\x01", "<br/>", '""', "-"])
def test_nothing_to_search_for_is_an_empty_query(raw: str) -> None:
    assert not parse_query(raw)


def test_html_is_not_part_of_a_query() -> None:
    assert parse_query("<b onclick='x()'>đất</b> &amp; nhà").exact == "đất nhà"


def test_a_lone_minus_word_is_still_searched() -> None:
    query = parse_query("-đất")
    assert (query.exact, query.excluded) == ("đất", ())


@pytest.mark.parametrize(
    "raw", ["đất " * 500, "x" * 10_240, '"-' * 5_000, "<a" * 5_000, "15/" * 9_999]
)
def test_enormous_queries_are_cut(raw: str) -> None:
    query = parse_query(raw)
    assert query.truncated
    assert len(query.tokens) <= MAX_TOKENS
    assert len(query.text) <= MAX_CHARS


@given(ANY_TEXT | NASTY)
def test_no_text_breaks_the_parser(raw: str) -> None:
    query = parse_query(raw)
    for token in query.tokens:
        assert query.text[token.start : token.end] == token.text
    for expansion in query.expansions:
        assert 0 <= expansion.start < expansion.end <= len(query.tokens)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8).map(" ".join))
def test_nfc_and_nfd_queries_mean_the_same(raw: str) -> None:
    composed, decomposed = parse_query(raw), parse_query(unicodedata.normalize("NFD", raw))
    assert (composed.exact, composed.expansions) == (decomposed.exact, decomposed.expansions)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("HDDND TP vowsi cuwju bis thuw", "HĐND TP với cựu bí thư"),
        ("taxi ngoaij thanhf bij hanj chees", "taxi ngoại thành bị hạn chế"),
        ("bor treen ootoo dduowjc", "bỏ trên ôtô được"),
        ("HCM sex tawng gaanf 5 000", "HCM sẽ tăng gần 5 000"),
        ("laj ngooi nhaf 1 7 m²", "lạ ngôi nhà 1 7 m2"),
        ("Phan Anh Minh xin trao laij", "Phan Anh Minh xin trao lại"),
    ],
)
def test_raw_telex_beside_abbreviations_and_foreign_words(typed: str, meant: str) -> None:
    decoded = parse_query(typed).text
    assert fold(decoded) == fold(meant)


@pytest.mark.parametrize(
    "typed",
    ["towns and rooms", "the new trees of our town", "how to get a birth certificate", "view flows",
     "form for a newborn child", "tax for small business owners", "hoa don", "le hoi xuan"],
)  # fmt: skip
def test_english_and_unaccented_words_are_not_decoded(typed: str) -> None:
    assert decode_typing(typed) is None


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("nguyễntrãi", {("nguyen", "trai")}),
        ("khaisinh", {("khai", "sinh")}),
        ("ủybannhândân", {("uy", "ban", "nhan", "dan")}),
        ("khai", set()),
        ("internet", set()),
        ("facebook", set()),
        ("x" * 70, set()),
    ],
)
def test_missing_spaces_are_seen(typed: str, ways: set[tuple[str, ...]]) -> None:
    (token,) = tokens(typed)
    assert ways <= set(parted(token))
    assert bool(parted(token)) == bool(ways)


@pytest.mark.parametrize(
    ("typed", "whole"), [("trã i", "trai"), ("n hân", "nhan"), ("khai sinh", ""), ("tổ 5", "")]
)
def test_extra_spaces_are_seen(typed: str, whole: str) -> None:
    left, right = tokens(typed)
    assert joined(left, right) == whole
