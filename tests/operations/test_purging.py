"""Caches are told what to forget, by key: a real server takes the place of the cache."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sites.distribution.actions import RecallAction
from tests.conftest import Province, RunTasks
from tests.factories import make_article, push


class Cache:
    """A small HTTP server that remembers which keys it was told to forget."""

    def __init__(self) -> None:
        self.status = 200
        self.forgotten: set[str] = set()
        self.requests = 0
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_PURGE(self) -> None:
                cache.requests += 1
                if cache.status == 200:
                    cache.forgotten |= set(self.headers["xkey-purge"].split())
                self.send_response(cache.status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def cache(settings: Any) -> Iterator[Cache]:
    """A cache in front of the portal."""
    made = Cache()
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    settings.PURGE_URLS = [made.url]
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_publishing_forgets_the_page_and_the_lists_of_its_unit(
    hai_duong: Province, cache: Cache, run_tasks: RunTasks
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    run_tasks()
    assert {f"page-{page.pk}", "list-unit-10867"} <= cache.forgotten
    assert not any(key.startswith("list-under") for key in cache.forgotten)


def test_a_distributed_page_is_forgotten_everywhere_by_its_audience(
    hai_duong: Province, cache: Cache, run_tasks: RunTasks
) -> None:
    page = make_article(hai_duong.province, "Bão số 3")
    run_tasks()
    cache.forgotten.clear()
    cache.requests = 0
    distribution = push(page, "under:30:commune")
    run_tasks()
    assert "list-under-30-commune" in cache.forgotten
    assert cache.requests == 1
    cache.forgotten.clear()
    RecallAction(distribution, "error").execute()
    run_tasks()
    assert {"list-under-30-commune", f"page-{page.pk}"} <= cache.forgotten


def test_unpublishing_and_deleting_are_told_too(
    hai_duong: Province, cache: Cache, run_tasks: RunTasks
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    run_tasks()
    for change in (page.unpublish, page.delete):
        cache.forgotten.clear()
        change()
        run_tasks()
        assert "list-unit-10867" in cache.forgotten


def test_a_cache_that_does_not_answer_is_asked_again_later(
    hai_duong: Province, cache: Cache, run_tasks: RunTasks
) -> None:
    cache.status = 503
    make_article(hai_duong.thanh_son, "Hội làng")
    run_tasks()
    waiting = DBTaskResult.objects.filter(
        task_path="cms.operations.purging.purge", status="READY", run_after__gt=timezone.now()
    )
    assert waiting.count() >= 1
    cache.status = 200
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    run_tasks()
    assert "list-unit-10867" in cache.forgotten


def test_without_caches_nothing_is_ordered(hai_duong: Province) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    assert not DBTaskResult.objects.filter(task_path__endswith="purging.purge").exists()
