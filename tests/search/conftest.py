"""Search with each engine, on an index that belongs to one test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.utils import translation

from search.index import elastic
from search.index.drain import drain
from search.index.rebuild import rebuild
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from search.office import vocabulary
from tests.conftest import Province, require


@pytest.fixture(autouse=True)
def _fresh_breaker() -> None:
    elastic.breaker.reset()


@pytest.fixture(autouse=True)
def _fresh_vocabulary() -> None:
    vocabulary.forget()


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """Whatever language the last request of another test left active."""
    with translation.override("vi"):
        yield


@pytest.fixture
def postgresql_only(settings: Any) -> None:
    """An installation without Elasticsearch."""
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def live_index(settings: Any, db: Any) -> Iterator[str]:
    """An empty live index of this test's own."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    require(bool(url), "Elasticsearch (ELASTICSEARCH_URL)")
    settings.ELASTICSEARCH_URL = url  # a module may have gone without
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    rebuild()
    yield settings.ELASTICSEARCH_INDEX
    with suppress(elastic.Unavailable):
        for name in elastic.live_indices():
            elastic.drop_index(name)


@pytest.fixture(params=list(Engine))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn; the test runs once with each."""
    wanted = Engine(request.param)
    fixture = "live_index" if wanted == Engine.ELASTICSEARCH else "postgresql_only"
    request.getfixturevalue(fixture)
    return wanted


Found = Callable[..., list[str]]


@pytest.fixture
def found(engine: Engine, hai_duong: Province) -> Found:
    """Titles found by an engine after everything queued was done: `found("khai sinh")`."""

    def titles(text: str, *, up_to_date: bool = True, **options: Any) -> list[str]:
        if up_to_date:
            drain()
        options.setdefault("unit", hai_duong.thanh_son)
        request = SearchRequest(text, engine=engine, size=50, **options)
        return [result.title for result in search(request).results]

    return titles
