"""Downloading: what arrives is checked first; without a network there is a sentence."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jgo.maven import _core as jgo_core

from search.node.errors import DownloadError, JarMismatchError
from search.node.lock import Jar, sha256_of
from search.node.repository import download
from tools.paths import ROOT

CLOSED = "http://127.0.0.1:9"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Maven repository on loopback; yields its folder."""
    folder = tmp_path / "repository"
    folder.mkdir()
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(jgo_core, "DEFAULT_REMOTE_REPOS", {"central": address})
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield folder
    server.shutdown()
    server.server_close()


def offer(repository: Path, name: str, content: bytes) -> Jar:
    """Put a jar into the repository and return its true lock entry."""
    path = repository / "org" / "example" / name / "1.0" / f"{name}-1.0.jar"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return Jar("org.example", name, "1.0", sha256_of(path))


def test_jars_arrive_in_the_folder(repository: Path, tmp_path: Path) -> None:
    jars = [offer(repository, f"jar{number}", bytes([number]) * 5000) for number in range(6)]
    target = tmp_path / "incoming"
    assert {path.name for path in download(jars, target)} == {jar.filename for jar in jars}
    assert [sha256_of(target / jar.filename) for jar in jars] == [jar.sha256 for jar in jars]
    assert not list(target.glob("download-*"))


def test_other_bytes_than_locked_never_reach_the_folder(repository: Path, tmp_path: Path) -> None:
    offer(repository, "server", b"tampered")
    locked = Jar("org.example", "server", "1.0", "0" * 64)
    with pytest.raises(JarMismatchError, match="server-1.0.jar differs"):
        list(download([locked], tmp_path / "incoming"))
    assert not list((tmp_path / "incoming").glob("*.jar"))


def test_jar_that_is_not_there_is_a_download_error(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="Maven Central"):
        list(download([Jar("org.example", "gone", "1.0", "0" * 64)], tmp_path / "incoming"))


def test_no_network_is_status_3_and_one_sentence(tmp_path: Path) -> None:
    proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"), CLOSED)
    done = subprocess.run(
        [sys.executable, "-m", "search.node", "--install", "--home", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **proxies, "NO_PROXY": "", "no_proxy": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 3
    assert "cannot be downloaded" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_running_without_a_port_is_wrong_use() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "search.node"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--data and --port are needed" in done.stderr
