"""The real server: starts, indexes, answers, keeps its data, closes when asked to."""

import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.node.home import Home, verify_home
from search.node.lock import read_lock
from tools import ports, search_node
from tools.paths import ROOT


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    if verify_home(Home(search_node.HOME), read_lock()):
        if os.environ.get("CI"):
            pytest.fail("CI needs the search node's jars")
        pytest.skip("the search node's jars could not be downloaded")


@contextlib.contextmanager
def node(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a node during the block; it is killed if the test has not ended it."""
    log = data.with_suffix(".log")
    with log.open("ab") as output:
        process = subprocess.Popen(
            search_node.command(data, port), cwd=ROOT, stdout=output, stderr=output
        )
    try:
        search_node.wait_ready(port, process, log)
        yield process
    finally:
        process.kill()
        process.wait()


def call(port: int, method: str, path: str, body: Any = None) -> Any:
    """Call the node's HTTP interface with JSON."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_documents_survive_an_orderly_stop_and_a_kill(tmp_path: Path) -> None:
    port, data = ports.stable_free("node-test", tmp_path), tmp_path / "data"
    with node(data, port) as process:
        call(port, "PUT", "/notes", {"settings": {"number_of_replicas": 0}})
        call(port, "PUT", "/notes/_doc/1?refresh=true", {"text": "xã Thanh Sơn"})
        found = call(port, "GET", "/notes/_search?q=text:thanh")
        assert found["hits"]["total"]["value"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with node(data, port) as process:
        _wait_for_index(port)
        call(port, "PUT", "/notes/_doc/2", {"text": "xã Thanh Hồng"})
        process.kill()
        process.wait()
    with node(data, port):
        _wait_for_index(port)
        call(port, "POST", "/notes/_refresh")
        assert call(port, "GET", "/notes/_count")["count"] == 2


def _wait_for_index(port: int) -> None:
    call(port, "GET", "/_cluster/health/notes?wait_for_status=green&timeout=30s")


def test_port_in_use_ends_with_a_reason(tmp_path: Path) -> None:
    port = ports.stable_free("node-test-taken", tmp_path)
    log = tmp_path / "second.log"
    with node(tmp_path / "first", port), log.open("wb") as output:
        second = subprocess.Popen(
            search_node.command(tmp_path / "second", port), cwd=ROOT, stdout=output, stderr=output
        )
        deadline = time.monotonic() + 60
        while second.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        second.kill()
    assert second.returncode == 1
    assert "The search node does not start" in log.read_text(encoding="utf-8")
