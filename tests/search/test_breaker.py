"""Elasticsearch that is slow, silent or gone: what a reader waits, and who asks again."""

from __future__ import annotations

import datetime
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from search.index import elastic
from search.index.drain import drain, refresh_queued
from search.index.models import IndexQueue
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from tests.conftest import Province
from tests.factories import make_article

# The budget, and a share for a machine that does other things as well.
MOST_SECONDS = elastic.SEARCH_SECONDS + 0.15


@pytest.fixture
def silent_server(settings: Any) -> Iterator[None]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield


def test_a_silent_server_costs_no_more_than_the_budget(silent_server: None) -> None:
    started = time.monotonic()
    with pytest.raises(elastic.Unavailable), elastic.within(elastic.SEARCH_SECONDS):
        elastic.ask({"query": {"match_all": {}}})
    assert time.monotonic() - started < MOST_SECONDS


def test_all_questions_of_a_search_share_the_budget(silent_server: None) -> None:
    started = time.monotonic()
    with elastic.within(elastic.SEARCH_SECONDS):
        for _ in range(3):
            with pytest.raises(elastic.Unavailable):
                elastic.ask({"query": {"match_all": {}}})
    assert time.monotonic() - started < MOST_SECONDS


@pytest.mark.django_db
def test_postgresql_answers_then_and_the_next_search_does_not_wait(
    hai_duong: Province, silent_server: None
) -> None:
    make_article(hai_duong.thanh_son, "Lịch tiếp dân")
    refresh_queued()
    answers = [search(SearchRequest("lich tiep dan", hai_duong.thanh_son)) for _ in range(2)]
    assert [answer.engine for answer in answers] == [Engine.POSTGRESQL] * 2
    assert [result.title for result in answers[1].results] == ["Lịch tiếp dân"]
    assert answers[1].took_ms < answers[0].took_ms
    assert not elastic.breaker.lets_through()


def test_after_a_failure_one_search_tries_again_and_later_ones_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(elastic.time, "monotonic", lambda: clock[0])
    breaker = elastic.Breaker()
    assert breaker.lets_through()
    assert breaker.lets_through()
    breaker.trip()
    assert not breaker.lets_through()
    clock[0] += breaker.SHORTEST
    assert breaker.lets_through(), "one may try"
    assert not breaker.lets_through(), "the others wait for it"
    breaker.trip()
    clock[0] += breaker.SHORTEST
    assert not breaker.lets_through(), "after a second failure the wait is longer"
    clock[0] += breaker.SHORTEST
    assert breaker.lets_through()
    breaker.reset()
    assert breaker.lets_through()
    assert breaker.lets_through()


def test_the_wait_never_grows_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(elastic.time, "monotonic", lambda: clock[0])
    breaker = elastic.Breaker()
    for _ in range(20):
        breaker.trip()
    clock[0] += breaker.LONGEST
    assert breaker.lets_through()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "answers"), [(0, Engine.ELASTICSEARCH), (3, Engine.POSTGRESQL)]
)
def test_postgresql_answers_while_changes_wait_too_long_for_elasticsearch(
    hai_duong: Province,
    live_index: str,
    monkeypatch: pytest.MonkeyPatch,
    seconds: int,
    answers: Engine,
) -> None:
    monkeypatch.setattr(elastic, "SEARCH_SECONDS", elastic.PATIENT_SECONDS)
    page = make_article(hai_duong.thanh_son, "Lịch tiếp dân")
    drain()
    request = SearchRequest("lich tiep dan", hai_duong.thanh_son)
    assert search(request).engine == Engine.ELASTICSEARCH
    waiting_since = timezone.now() - datetime.timedelta(seconds=seconds)
    IndexQueue.objects.create(page_id=page.pk, version=1, queued_at=waiting_since)
    assert search(request).engine == answers
