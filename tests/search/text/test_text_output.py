"""What is shown: highlighted passages, slugs and file names."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import clean, highlight, parse_query, safe_filename, slugify

ANY_TEXT = st.text(st.characters(), max_size=400)
TEXT = "Uỷ ban nhân dân xã Hoà Bình thông báo <lịch> tiếp công dân; học sinh được nghỉ."


def shown(text: str, query: str, length: int = 240, max_fragments: int = 2) -> str:
    return highlight(text, parse_query(query), length=length, max_fragments=max_fragments)


def marked(snippet: str) -> list[str]:
    return [html.unescape(hit) for hit in re.findall("<mark>(.*?)</mark>", snippet)]


def plain(snippet: str) -> str:
    return html.unescape(re.sub("</?mark>", "", snippet))


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("hòa bình", ["Hoà Bình"]),
        ("hoà bình", ["Hoà Bình"]),
        ("HOA BINH", ["Hoà Bình"]),
        ("ủy ban nhan dan", ["Uỷ ban nhân dân"]),
        ("UBND", ["Uỷ ban nhân dân"]),
        ("uyr ban nhaan daan", ["Uỷ ban nhân dân"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_hits_are_marked_however_they_were_typed(query: str, hits: list[str]) -> None:
    snippet = shown(TEXT, query)
    assert marked(snippet) == hits
    assert plain(snippet) == TEXT
    assert marked(shown(unicodedata.normalize("NFD", TEXT), query)) == hits


def test_a_word_with_accents_does_not_mark_other_words_of_the_same_letters() -> None:
    assert marked(shown("đạt chuẩn, đất ở, dắt tay", "đất")) == ["đất"]
    assert marked(shown("đạt chuẩn, đất ở", "dat")) == ["đạt", "đất"]


def test_a_syllable_of_a_found_word_is_not_marked_inside_another_word() -> None:
    assert marked(shown("làm khai sinh cho học sinh", "khai sinh")) == ["khai sinh"]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Kỹ thuật, kĩ thuật và ky thuat", "kĩ thuật", ["Kỹ thuật", "kĩ thuật"]),
        ("Kỹ thuật và ky thuat", "ki thuat", ["Kỹ thuật", "ky thuat"]),
        ("cây tay áo", "tai", []),
        ("dat dai, đạt chuẩn", "đất", ["dat", "đạt"]),
        ("(đất)/nhà-ở “đất” đất.", "đất nhà ở", ["đất", "nhà-ở", "đất", "đất"]),
        ("m² và km, m2", "m2", ["m²", "m2"]),
        ("ủy ban, nhân dân; nhân dân", "UBND", ["ủy ban, nhân dân"]),
        ("Škoda, Привет đất", "skoda", ["Škoda"]),
        ("Привет мир", "привет", ["Привет"]),
        ("nghỉ lễ 😀 đất 𝐀", "đất", ["đất"]),
    ],
)
def test_words_are_found_in_every_spelling_and_nowhere_inside_others(
    text: str, query: str, hits: list[str]
) -> None:
    assert marked(shown(text, query)) == hits


def test_a_lone_common_word_is_not_marked_beside_others() -> None:
    assert marked(shown("cấp và trả, khai sinh và hộ tịch", "khai sinh và")) == ["khai sinh và"]
    assert marked(shown("cấp và trả", "và")) == ["và"]


def test_characters_that_stand_for_marks_do_no_harm() -> None:
    assert shown("\x02đất\x03 <b>", "đất") == "<mark>đất</mark> &lt;b&gt;"


def test_html_of_the_original_is_escaped() -> None:
    assert shown('<script>"đất"</script> &', "đất") == (
        "&lt;script&gt;&quot;<mark>đất</mark>&quot;&lt;/script&gt; &amp;"
    )


def test_a_long_text_is_cut_at_words_around_the_hits() -> None:
    text = "lời đầu " * 60 + "cấp giấy khai sinh tại xã. " + "lời cuối " * 60
    snippet = shown(text, "khai sinh", length=100)
    assert marked(snippet) == ["khai sinh"]
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert set(plain(snippet).strip("… ").split()) <= set(text.split())
    assert len(plain(snippet).strip("… ")) <= 100


def test_hits_far_apart_share_the_length_in_two_passages() -> None:
    text = "khai sinh " + "lời dài " * 100 + "một cửa " + "lời cuối " * 50
    snippet = shown(text, "khai sinh một cửa", length=120)
    assert marked(snippet) == ["khai sinh", "một cửa"]
    assert " … " in snippet


def test_without_a_hit_the_beginning_is_shown() -> None:
    snippet = shown("chữ " * 200, "xyz", length=50)
    assert snippet.startswith("chữ chữ")
    assert snippet.endswith(" …")
    assert len(snippet) <= 52


@given(ANY_TEXT, st.text('akhị sđn "-', max_size=30), st.integers(1, 300), st.integers(1, 4))
def test_a_snippet_is_bounded_safe_and_part_of_the_text(
    text: str, query: str, length: int, fragments: int
) -> None:
    snippet = shown(text, query, length, fragments)
    without_marks = re.sub("</?mark>", "", snippet)
    assert "<" not in without_marks
    assert ">" not in without_marks
    assert len(html.unescape(without_marks)) <= length + 3 * (fragments + 1)
    assert snippet.count("<mark>") == snippet.count("</mark>")
    if len(clean(text)) <= length:
        assert html.escape(clean(text)) == without_marks


@pytest.mark.parametrize(("length", "fragments"), [(0, 1), (10, 0)])
def test_impossible_bounds_are_refused(length: int, fragments: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        shown(TEXT, "đất", length, fragments)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường Trần Hưng Đạo", "duong-tran-hung-dao"),
        ("Xã Đồng Lạc", "xa-dong-lac"),
        ("  15/2024/QĐ-UBND!  ", "15-2024-qd-ubnd"),
        ("Straße", "strasse"),
        ("😀 ???", "trang"),
        ("", "trang"),
    ],
)
def test_slugs_are_readable_ascii(text: str, slug: str) -> None:
    assert slugify(text) == slug
    assert slugify(unicodedata.normalize("NFD", text)) == slug


def test_slugs_are_cut_between_words() -> None:
    assert slugify("Quyết định về việc phê duyệt", max_length=15) == "quyet-dinh-ve"
    assert slugify("a" * 50, max_length=10) == "a" * 10


@given(ANY_TEXT, st.integers(1, 60))
def test_any_text_gives_a_slug(text: str, max_length: int) -> None:
    slug = slugify(text, max_length=max_length)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= max_length
    assert slugify(slug, max_length=max_length) == slug


def test_a_slug_needs_room_and_a_usable_fallback() -> None:
    with pytest.raises(ValueError, match="max_length"):
        slugify("a", max_length=0)
    with pytest.raises(ValueError, match="fallback"):
        slugify("", fallback="!")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Báo cáo quý II.PDF", "bao-cao-quy-ii.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Thư mục\\Đề án.docx", "de-an.docx"),
        (".htaccess", "htaccess"),
        ("con.txt", "tep-con.txt"),
        ("a.tar.gz", "a-tar.gz"),
        ("", "tep"),
    ],
)
def test_file_names_are_safe_everywhere(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


@given(ANY_TEXT)
def test_any_file_name_becomes_safe_and_short(name: str) -> None:
    safe = safe_filename(name, max_length=40)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?", safe)
    assert len(safe) <= 40
