"""The index is built anew under writes, and differences are found."""

from __future__ import annotations

import json
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import close_old_connections, connection

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index import elastic
from search.index.check import compare
from search.index.drain import drain, push_batch, refresh_queued
from search.index.models import IndexBuild, IndexQueue, SearchDocument
from search.index.rebuild import REBUILD_LOCK, abandon_dead_builds, rebuild
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from tests.conftest import Province
from tests.factories import make_article, section_of

pytestmark = pytest.mark.django_db


def check() -> tuple[int, dict[str, Any]]:
    """Exit status and printed JSON of `manage.py search_check --json`."""
    out, status = StringIO(), 0
    try:
        call_command("search_check", json=True, stdout=out, stderr=StringIO())
    except SystemExit as stop:
        status = int(stop.code or 0)
    return status, json.loads(out.getvalue().splitlines()[-1])


def test_equal_when_drained(hai_duong: Province, engine: Engine) -> None:
    make_article(hai_duong.thanh_son)
    make_article(hai_duong.hop_tien, live=False)
    drain()
    same: dict[str, list[int]] = {"missing": [], "stale": [], "extra": []}
    assert check() == (0, {"database": 1, "index": 1, **same})


def test_what_is_missing_stale_or_too_much_is_named(hai_duong: Province, engine: Engine) -> None:
    fresh, changed, gone = (make_article(hai_duong.thanh_son, f"Bài {n}") for n in range(3))
    drain()
    SearchDocument.objects.filter(pk=fresh.pk).delete()
    ArticlePage.objects.filter(pk=changed.pk).update(title="Khác")
    ArticlePage.objects.filter(pk=gone.pk).update(live=False)
    status, result = check()
    assert status == 1
    assert result["missing"] == [fresh.pk]
    assert result["stale"] == [changed.pk]
    assert result["extra"] == [gone.pk]


def test_the_index_is_compared_too(hai_duong: Province, live_index: str) -> None:
    lost, old = (make_article(hai_duong.thanh_son, f"Bài {n}") for n in range(2))
    drain()
    version = SearchDocument.objects.get(pk=lost.pk).version
    elastic.write(
        [elastic.Operation(lost.pk, version, None), elastic.Operation(987654, version, "{}")], []
    )
    SearchDocument.objects.filter(pk=old.pk).update(version=version + 1)
    status, result = check()
    assert status == 1
    assert (result["missing"], result["stale"], result["extra"]) == (
        [lost.pk],
        [old.pk],
        [987654],
    )


def test_a_rebuild_heals_everything(hai_duong: Province, engine: Engine) -> None:
    page = make_article(hai_duong.thanh_son)
    drain()
    ArticlePage.objects.filter(pk=page.pk).update(title="Lịch cấp nước")
    SearchDocument.objects.create(
        page_id=987654, version=1, unit_id=1, year=2025, public_at=page.public_at,
        languages=[], audience=[], texts={}, accents="", payload="{}",
    )  # fmt: skip
    out = StringIO()
    call_command("search_rebuild", json=True, stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["documents"] == 1
    assert check()[0] == 0
    found = search(SearchRequest("cap nuoc", hai_duong.thanh_son, engine=engine))
    assert [result.id for result in found.results] == [page.pk]


def test_an_older_version_never_replaces_a_newer_one(hai_duong: Province, live_index: str) -> None:
    page = make_article(hai_duong.thanh_son)
    drain()
    document = SearchDocument.objects.get()
    late = elastic.Operation(page.pk, document.version - 1, '{"page_id": 1}')
    elastic.write([late], [])
    elastic.write([elastic.Operation(page.pk, document.version - 1, None)], [])
    assert check()[0] == 0


def test_a_deleted_document_is_not_brought_back_by_a_late_write(
    hai_duong: Province, live_index: str
) -> None:
    page = make_article(hai_duong.thanh_son)
    drain()
    document = SearchDocument.objects.get()
    page.delete()
    drain()
    elastic.write([elastic.Operation(page.pk, document.version, document.payload)], [])
    assert check() == (0, {"database": 0, "index": 0, "missing": [], "stale": [], "extra": []})


def test_a_lost_index_is_built_by_the_next_drain(hai_duong: Province, live_index: str) -> None:
    make_article(hai_duong.thanh_son, "Cũ")
    drain()
    for name in elastic.live_indices():
        elastic.drop_index(name)
    found = search(SearchRequest("cũ", hai_duong.thanh_son))
    assert (found.engine, found.total) == (Engine.POSTGRESQL, 1)
    make_article(hai_duong.thanh_son, "Mới")
    drain()
    assert check()[1]["index"] == 2


def test_an_index_of_another_version_of_the_code_is_replaced(
    hai_duong: Province, live_index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(hai_duong.thanh_son)
    drain()
    before = elastic.live_indices()
    changed = {**elastic.MAPPINGS, "_meta": {"schema": "another"}}
    monkeypatch.setattr(elastic, "MAPPINGS", changed)
    drain()
    assert elastic.live_indices() != before
    assert check()[0] == 0


def test_a_document_that_is_refused_holds_up_nobody(hai_duong: Province, live_index: str) -> None:
    bad, good = (make_article(hai_duong.thanh_son, f"Bài {n}") for n in range(2))
    refresh_queued()
    SearchDocument.objects.filter(pk=bad.pk).update(payload='{"no": "such field"}')
    while push_batch():
        pass
    assert not IndexQueue.objects.exists()
    status, result = check()
    assert status == 1
    assert result["missing"] == [bad.pk]


def test_what_a_killed_rebuild_left_is_removed(hai_duong: Province, live_index: str) -> None:
    elastic.create_index(f"{live_index}-dead")
    IndexBuild.objects.create(index=f"{live_index}-dead")
    make_article(hai_duong.thanh_son)
    drain()
    assert not IndexBuild.objects.exists()
    assert not elastic.client().indices.exists(index=f"{live_index}-dead")
    assert check()[0] == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_living_rebuild_is_left_alone(live_index: str) -> None:
    locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [REBUILD_LOCK])
            locked.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert locked.wait(10)
        IndexBuild.objects.create(index=f"{live_index}-alive")
        abandon_dead_builds()
        assert IndexBuild.objects.exists()
    finally:
        done.set()
        thread.join()
        IndexBuild.objects.all().delete()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_rebuild_loses_no_write_made_during_it(hai_duong: Province, live_index: str) -> None:
    section = section_of(hai_duong.thanh_son)
    pages = [ArticlePage(title=f"Bài số {n}") for n in range(1200)]
    insert_pages([(section, page) for page in pages])
    drain()
    stop, errors, written = threading.Event(), [], []

    def write() -> None:
        """Edit, unpublish, delete and add pages, and drain as a worker does."""
        try:
            number = 0
            while not stop.is_set():
                number += 1
                changed = ArticlePage.objects.get(pk=pages[number].pk)
                changed.title = f"Đổi tên {number}"
                changed.save_revision().publish()
                ArticlePage.objects.get(pk=pages[400 + number].pk).unpublish()
                ArticlePage.objects.get(pk=pages[800 + number].pk).delete()
                make_article(hai_duong.thanh_son, f"Thêm vào {number}")
                drain()
                written.append(number)
        except Exception as error:  # noqa: BLE001 (told to the test)
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(2):
            rebuild()
    finally:
        stop.set()
        thread.join()
    close_old_connections()
    assert not errors
    assert len(written) > 1, "nothing was written during the rebuild"
    drain()
    result = compare()
    assert not result.differs, result
    assert result.database == 1200 - len(written)
