"""When meaning is asked, and how it joins what the words find."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.requests import SearchRequest, Sort
from search.meaning import asking, coverage, model
from search.meaning.choosing import Candidate, pick
from search.meaning.coverage import Coverage
from search.meaning.english import is_english
from search.meaning.fusion import fuse
from search.text import parse_query


@pytest.mark.parametrize(
    "text",
    [
        "how to register a birth", "birth certificate", "where do I pay land tax",
        "school enrolment 2026", "Garbage collection fee", "red book", "power outage schedule",
        "can I apply for an ID card online", "marriage registration fee",
        "create a sole proprietorship",
    ],
)  # fmt: skip
def test_english_is_recognised(text: str) -> None:
    assert is_english(parse_query(text))


@pytest.mark.parametrize(
    "text",
    [
        "dang ky khai sinh", "lam giay to cho con moi sinh", "thu tuc ket hon", "kế hoạch",
        "UBND xa Thanh Son", "facebook xa thanh ha", "khai sinh online", "vnpt ca", "to do can in",
        "15/2024/QD-UBND", "dawng kys khai sinh", "certificate", "", "???",
    ],
)  # fmt: skip
def test_vietnamese_without_accents_is_not_taken_for_english(text: str) -> None:
    assert not is_english(parse_query(text))


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("làm giấy tờ cho con mới sinh", True),
        ("how to register a birth", True),
        ("lam giay to cho con moi sinh", False),  # useless without accents
        ("khai sinh", False),
        ("khai sính", False),  # two words
        ('"giấy tờ cho con"', False),
        ("giấy tờ cho con -khai", False),
        ("quyết định số 15/2024/QĐ-UBND", False),
    ],
)
def test_meaning_is_asked_only_where_it_helps(
    text: str, helps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "is_ready", lambda: True)
    monkeypatch.setattr(coverage, "_known", Coverage(math.inf, services=True, pages=True))
    request = SearchRequest(text)
    assert asking.may_help(request, parse_query(text)) is helps
    assert not asking.may_help(replace(request, sort=Sort.DATE), parse_query(text))


def test_while_an_archive_waits_for_its_vectors_only_english_is_answered_by_meaning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def helps(text: str, *, services: bool) -> bool:
        known = Coverage(math.inf, services=services, pages=False)
        monkeypatch.setattr(coverage, "_known", known)
        return asking.may_help(SearchRequest(text), parse_query(text))

    monkeypatch.setattr(model, "is_ready", lambda: True)
    assert not helps("làm giấy tờ cho con mới sinh", services=True)
    assert helps("how to register a birth", services=True)
    assert not helps("how to register a birth", services=False)


def test_what_both_say_comes_first() -> None:
    assert fuse([1, 2, 3], [3, 4])[:2] == [3, 1]


def test_words_win_a_tie() -> None:
    assert fuse([1, 2], [8, 9]) == [1, 8, 2, 9]


def test_words_that_say_little_come_after_all_meaning() -> None:
    assert fuse([1, 2], [7, 8, 9], weak=True) == [7, 8, 9, 1, 2]


def standing(page_id: int, value: float, direction: int | None = None) -> Candidate:
    """A page that says what no other does, or what those with the same direction say."""
    vector = numpy.zeros(200, numpy.float32)
    vector[page_id if direction is None else direction] = 1
    return Candidate(page_id, value, vector)


def test_only_pages_that_stand_out_are_related() -> None:
    values = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3, *([0.1] * 40)]
    near = [standing(page, value) for page, value in enumerate(values)]
    assert pick(near) == [0, 1, 2, 3, 4, 5, 6]
    alone = [standing(page, 1.0 if page == 0 else 0.0) for page in range(50)]
    assert pick(alone) == [0, 1, 2, 3, 4]
    assert pick([standing(page, 1.0) for page in range(50)]) == list(range(10))
    assert pick([]) == []


def test_of_pages_that_say_the_same_one_comes_first() -> None:
    notices = [standing(page, 1 - page / 1000, direction=0) for page in range(8)]
    others = [standing(page, 0.5) for page in (10, 11, 12, 13, 14)]
    assert pick([*notices, *others]) == [0, 10, 11, 12, 13, 14, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("typed", "official"),
    [
        ("how to register a birth certificate", "Giấy khai sinh"),
        ("line of business", "ngành nghề kinh doanh"),  # no bus
        ("làm đám ma cho bà", "làm mai táng cho bà"),
        ("GPXD nhà ở riêng lẻ", "giấy phép xây dựng nhà ở riêng lẻ"),
        ("đăng ký khai sinh", "đăng ký khai sinh"),
    ],
)
def test_a_query_is_said_in_the_words_of_offices(typed: str, official: str) -> None:
    assert asking._in_office_words(parse_query(typed)) == official


pages = st.lists(st.integers(1, 30), unique=True, max_size=20)


@given(pages, pages, st.sets(st.integers(1, 30)), st.booleans())
def test_no_exact_match_is_pushed_down_and_nothing_is_lost(
    by_words: list[int], by_meaning: list[int], exact: set[int], weak: bool
) -> None:
    fused = fuse(by_words, by_meaning, exact, weak=weak)
    assert sorted(fused) == sorted({*by_words, *by_meaning})
    for page in exact.intersection(by_words):
        assert fused.index(page) <= by_words.index(page)
