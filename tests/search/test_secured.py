"""A cluster with TLS of one's own authority and an API key: everything works with the right ones,
and wrong ones cost a reader nothing but Elasticsearch."""

from __future__ import annotations

import logging
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import trustme

from search.index import elastic
from search.index.drain import drain
from search.index.models import IndexQueue
from search.index.rebuild import rebuild
from search.index.requests import Engine, SearchRequest, SearchResponse
from search.index.service import search
from tests.conftest import Province, require
from tests.factories import make_article
from tests.search.secured import secured

pytestmark = pytest.mark.django_db
KEY = "bGllbmNhcDp0ZXN0"
MOST_SECONDS = 0.3


Authorities = tuple[trustme.CA, trustme.CA]


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    """The cluster's authority, and another one."""
    return trustme.CA(), trustme.CA()


@pytest.fixture
def asked(
    settings: Any, authorities: Authorities, tmp_path: Path
) -> Iterator[list[tuple[str, str, int]]]:
    """What was asked of the secured cluster; the settings have the right key and authority."""
    node = os.environ.get("ELASTICSEARCH_URL", "")
    require(bool(node), "Elasticsearch (ELASTICSEARCH_URL)")
    with secured(node, authorities[0], KEY) as (url, requests):
        settings.ELASTICSEARCH_URL = url
        settings.ELASTICSEARCH_API_KEY = KEY
        settings.ELASTICSEARCH_CA_FILE = ca_file(authorities[0], tmp_path / "own.pem")
        settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
        yield requests
        settings.ELASTICSEARCH_URL = node
        settings.ELASTICSEARCH_API_KEY = settings.ELASTICSEARCH_CA_FILE = ""
        with suppress(elastic.Unavailable):
            for name in elastic.live_indices():
                elastic.drop_index(name)


@pytest.fixture
def province(hai_duong: Province, asked: list[tuple[str, str, int]]) -> Province:
    """An index with a page in it."""
    make_article(hai_duong.thanh_son, "Lịch tiếp dân")
    rebuild()
    assert [result.title for result in ask(hai_duong).results] == ["Lịch tiếp dân"]
    return hai_duong


def ask(province: Province, engine: Engine | None = None) -> SearchResponse:
    """With an engine it may take its time: the first questions of a node are slow."""
    return search(SearchRequest("lich tiep dan", province.thanh_son, engine=engine))


def ca_file(authority: trustme.CA, path: Path) -> str:
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def spoil(settings: Any, how: str, authorities: Authorities, folder: Path) -> None:
    """Make the settings wrong."""
    if how == "other authority":
        settings.ELASTICSEARCH_CA_FILE = ca_file(authorities[1], folder / "other.pem")
    elif how == "no authority":
        settings.ELASTICSEARCH_CA_FILE = ""
    else:
        settings.ELASTICSEARCH_API_KEY = "" if how == "no key" else "c2FpOnNhaQ=="


def test_everything_works_with_key_and_authority(
    province: Province, asked: list[tuple[str, str, int]]
) -> None:
    assert ask(province, Engine.ELASTICSEARCH).total == 1
    make_article(province.thanh_hong, "Lịch tiếp dân tháng Bảy")
    drain()
    rebuild()
    assert ask(province, Engine.ELASTICSEARCH).total == 2
    assert {status for *_, status in asked} <= {200, 404}  # 404: the first index is not there yet
    paths = {path.rsplit("/", 1)[-1] for _, path, _ in asked}
    assert {"_bulk", "_search", "_aliases"} <= paths


@pytest.mark.parametrize("how", ["wrong key", "no key", "other authority", "no authority"])
def test_wrong_ones_leave_readers_to_postgresql_at_once(
    province: Province,
    settings: Any,
    authorities: Authorities,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    how: str,
) -> None:
    spoil(settings, how, authorities, tmp_path)
    with caplog.at_level(logging.WARNING):
        started = time.monotonic()
        answer = ask(province)
        seconds = time.monotonic() - started
        assert ask(province).engine == Engine.POSTGRESQL
    assert answer.engine == Engine.POSTGRESQL
    assert [result.title for result in answer.results] == ["Lịch tiếp dân"]
    assert seconds < MOST_SECONDS
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1, lines
    assert ("authenticate" if "key" in how else "certificate verify failed") in lines[0]
    assert KEY not in lines[0]


@pytest.mark.parametrize("how", ["wrong key", "other authority"])
def test_what_is_written_meanwhile_waits_and_arrives(
    province: Province, settings: Any, authorities: Authorities, tmp_path: Path, how: str
) -> None:
    right = settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA_FILE
    spoil(settings, how, authorities, tmp_path)
    make_article(province.thanh_hong, "Lịch tiếp dân tháng Bảy")
    with pytest.raises(elastic.Unavailable):  # the worker waits and tries again
        drain()
    assert IndexQueue.objects.exists()
    assert ask(province).total == 2  # from PostgreSQL
    settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA_FILE = right
    elastic.breaker.reset()
    drain()
    assert not IndexQueue.objects.exists()
    assert ask(province, Engine.ELASTICSEARCH).total == 2
