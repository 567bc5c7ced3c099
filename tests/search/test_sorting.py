"""New words are sorted into PostgreSQL's index beside the drains."""

from __future__ import annotations

import pytest
from django.db import connection

from search import quiet
from search.index.drain import drain, refresh
from search.index.sorting import sort_words
from tests.conftest import Province
from tests.factories import make_article

pytestmark = pytest.mark.django_db
SORT = "SELECT gin_clean_pending_list('search_entry_words'::regclass)"


def sorted_in() -> int:
    """The blocks of the waiting list that were left to be sorted in."""
    with connection.cursor() as cursor:
        cursor.execute(SORT)
        return int(cursor.fetchone()[0])


def write(hai_duong: Province) -> None:
    make_article(hai_duong.thanh_son, "Lịch cấp nước")
    drain()


def test_what_a_drain_writes_waits(hai_duong: Province) -> None:
    sorted_in()
    write(hai_duong)
    assert sorted_in() > 0


def test_the_quiet_work_sorts_it_in(hai_duong: Province) -> None:
    write(hai_duong)
    assert sort_words in quiet.steps()
    assert sort_words() is False
    assert sorted_in() == 0


def test_a_role_that_may_not_sort_does_no_harm(hai_duong: Province) -> None:
    sorted_in()
    write(hai_duong)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE sorting_stranger; SET LOCAL ROLE sorting_stranger")
        assert sort_words() is False
        cursor.execute("RESET ROLE")
    assert sorted_in() > 0


def test_rows_whose_words_stay_are_not_written_again(hai_duong: Province) -> None:
    page = make_article(hai_duong.thanh_son, "Lịch cấp nước")
    drain()
    before = places_of(page.pk)
    sorted_in()
    refresh([page.pk])
    assert places_of(page.pk) == before
    assert sorted_in() == 0
    page.title = "Lịch cắt nước"
    page.save_revision().publish()
    drain()
    assert not set(before) & set(places_of(page.pk))


def places_of(page_id: int) -> list[str]:
    """Where the rows of a page lie, in which every version of a row has another place."""
    with connection.cursor() as cursor:
        places = []
        for table in ("searchentry", "searchheads"):
            query = f"SELECT ctid::text FROM search_index_{table} WHERE page_id = %s"  # noqa: S608
            cursor.execute(query, [page_id])
            places.append(f"{table} {cursor.fetchone()[0]}")
    return places
