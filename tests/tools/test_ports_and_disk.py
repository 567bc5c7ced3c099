"""Sentences about ports and disk space."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import ports
from tools.disk import check_space
from tools.errors import ToolError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_port_in_use_says_who_has_it_and_what_to_do(taken: int) -> None:
    with pytest.raises(ToolError) as caught:
        ports.check_free(taken)
    assert f"Port {taken} is in use by another program (python" in caught.value.en
    assert f"PORT={taken + 1} make demo" in caught.value.vi


@pytest.mark.skipif(not ports.has_ipv6(), reason="this machine has no IPv6")
def test_port_taken_on_ipv6_only_is_taken() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_free_port_passes(taken: int) -> None:
    free = ports.stable_free("test", Path("/somewhere"))
    ports.check_free(free)
    assert free != taken


def test_port_is_stable_and_differs_between_checkouts() -> None:
    first = ports.stable_free("search", Path("/one"))
    assert first == ports.stable_free("search", Path("/one"))
    assert first != ports.stable_free("search", Path("/two"))
    with socket.create_server(("127.0.0.1", first)):
        assert ports.stable_free("search", Path("/one")) != first


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000x", "８０００", "80.0", " "])
def test_wrong_port_is_wrong_use(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(ToolError, match="is no port number") as caught:
        ports.web_port()
    assert caught.value.status == 2


def test_port_defaults_to_8000(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert ports.web_port() == 8000
    monkeypatch.setenv("PORT", "")
    assert ports.web_port() == 8000


def test_full_disk_is_a_sentence(tmp_path: Path) -> None:
    check_space(tmp_path, needed=1)
    with pytest.raises(ToolError, match="Free some space and run again") as caught:
        check_space(tmp_path, needed=10**18)
    assert "Hãy giải phóng dung lượng" in caught.value.vi
