"""Elasticsearch stops and returns: residents always get an answer, and nothing is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from search.index import elastic, health
from search.index.check import compare
from search.index.models import IndexQueue
from search.index.tasks import drain_outbox
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, require
from tests.factories import make_article

from .processes import ROOT, free_port, start_node, start_worker, stop, wait_until

Reader = Callable[[AdministrativeUnit], Client]
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@dataclass
class Node:
    """A search node that tests may stop and start."""

    data: Path
    port: int
    process: Any = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self.process = start_node(self.data, self.port)
        wait_until(self.answers, step=0.2)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Stop it and wait for its end."""
        stop(self.process, number)

    def answers(self) -> bool:
        """Whether the cluster can take requests."""
        try:
            status = elastic.client().options(request_timeout=1).cluster.health()["status"]
        except Exception:  # noqa: BLE001 (not there yet, in whatever way)
            return False
        return status in ("green", "yellow")


@pytest.fixture
def node(tmp_path: Path, settings: Any) -> Iterator[Node]:
    """A node of this test's own."""
    installed = (ROOT / "var" / "search-node" / "lib").is_dir()
    require(installed and bool(os.environ.get("ELASTICSEARCH_URL")), "the search node's jars")
    made = Node(tmp_path / "node", free_port())
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{made.port}"
    settings.ELASTICSEARCH_INDEX = "fault"
    made.start()
    yield made
    made.stop(signal.SIGKILL)


def _search(client: Client, text: str) -> dict[str, Any]:
    response = client.get("/api/v1/search", {"q": text})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def _titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


def _answers_from(client: Client, engine: str) -> Callable[[], bool]:
    return lambda: _search(client, "lịch")["engine"] == engine


def test_stop_write_start(hai_duong: Province, reader: Reader, node: Node) -> None:
    client = reader(hai_duong.thanh_son)
    before = make_article(hai_duong.thanh_son, "Lịch thứ nhất")
    worker = start_worker()
    try:
        wait_until(_answers_from(client, "elasticsearch"))
        assert _titles(_search(client, "lich thu nhat")) == ["Lịch thứ nhất"]

        node.stop()
        answer = _search(client, "lich thu nhat")
        assert answer["engine"] == "postgresql", "the same request is answered"
        assert _titles(answer) == ["Lịch thứ nhất"]
        started = time.monotonic()
        make_article(hai_duong.thanh_son, "Lịch thứ hai")
        before.unpublish()
        assert time.monotonic() - started < 5, "publishing does not wait for Elasticsearch"
        wait_until(lambda: _titles(_search(client, "lịch")) == ["Lịch thứ hai"], seconds=10)
        assert IndexQueue.objects.exists(), "kept for Elasticsearch"

        node.start()
        wait_until(lambda: not IndexQueue.objects.exists(), seconds=30)
        elastic.breaker.reset()
        wait_until(_answers_from(client, "elasticsearch"))
        assert _titles(_search(client, "lịch")) == ["Lịch thứ hai"]
        assert not compare().differs
    finally:
        stop(worker)


def test_a_node_that_hangs_costs_one_search_half_a_second(
    hai_duong: Province, reader: Reader, node: Node
) -> None:
    client = reader(hai_duong.thanh_son)
    make_article(hai_duong.thanh_son, "Lịch thứ nhất")
    drain_outbox.call()
    wait_until(_answers_from(client, "elasticsearch"))
    node.process.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        first = _search(client, "lịch")
        between = time.monotonic()
        second = _search(client, "lịch")
        ended = time.monotonic()
    finally:
        node.process.send_signal(signal.SIGCONT)
    assert first["engine"] == second["engine"] == "postgresql"
    assert _titles(first) == _titles(second) == ["Lịch thứ nhất"]
    assert between - started < 1.5
    assert ended - between < 0.4, "the second search does not ask again"


def test_a_node_that_lost_its_data_is_filled_again(
    hai_duong: Province, reader: Reader, node: Node, tmp_path: Path
) -> None:
    client = reader(hai_duong.thanh_son)
    make_article(hai_duong.thanh_son, "Lịch thứ nhất")
    drain_outbox.call()
    node.stop()
    node.data = tmp_path / "empty"
    node.start()
    assert _titles(_search(client, "lịch")) == ["Lịch thứ nhất"]
    drain_outbox.call()
    assert not compare().differs
    elastic.breaker.reset()
    wait_until(_answers_from(client, "elasticsearch"))


def test_readiness_names_who_answers(
    hai_duong: Province, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT_SECONDS", 0.0)
    drain_outbox.call()
    assert health.search_state() == "elasticsearch"
    node.stop()
    started = time.monotonic()
    assert health.search_state() == "postgresql"
    assert time.monotonic() - started < 0.5
    assert Client().get("/readyz").json()["search"] == "postgresql"
    assert connection.is_usable()
