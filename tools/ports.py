"""TCP ports on the loopback interface."""

import os
import socket
import zlib
from pathlib import Path

import psutil

from tools.errors import ToolError

FIRST, COUNT = 20_000, 10_000  # below the range that systems hand out for outgoing connections
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def has_ipv6() -> bool:
    """Whether ``::1`` exists here; containers often lack it."""
    return _can_bind(socket.AF_INET6, "::1", 0)


def _can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As servers do: connections that are only waiting to expire are no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return True
    except OSError:
        return False


def is_free(port: int) -> bool:
    """Whether a server could listen on ``port`` on every loopback address of this machine."""
    families = LOOPBACK if has_ipv6() else LOOPBACK[:1]
    return all(_can_bind(family, host, port) for family, host in families)


def stable_free(name: str, checkout: Path) -> int:
    """Return a free port that is the same each time for this checkout unless someone took it."""
    start = zlib.crc32(f"{checkout}:{name}".encode()) % COUNT
    for offset in range(COUNT):
        port = FIRST + (start + offset) % COUNT
        if is_free(port):
            return port
    raise ToolError(
        "Không còn cổng TCP trống trên máy này.", "This machine has no free TCP port left."
    )


def _holder(port: int) -> str:
    """Return ``name, pid`` of the process that listens on ``port``, or an empty text."""
    try:
        connections = psutil.net_connections("tcp")
        for connection in connections:
            if (
                connection.status == psutil.CONN_LISTEN
                and getattr(connection.laddr, "port", 0) == port
            ):
                return f" ({psutil.Process(connection.pid).name()}, pid {connection.pid})"
    except (psutil.Error, TypeError):
        return ""
    return ""


def web_port() -> int:
    """Return the port of the web server from ``PORT`` (8000); ``ToolError`` when unusable."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise ToolError(
            f"PORT={text!r} không phải số cổng (1–65535).",
            f"PORT={text!r} is no port number (1–65535).",
            status=2,
        )
    return int(text)


def check_free(port: int) -> None:
    """Raise :class:`ToolError` with who has it and what to do when ``port`` is taken."""
    if is_free(port):
        return
    holder = _holder(port)
    raise ToolError(
        f"Cổng {port} đang được chương trình khác dùng{holder}. "
        f"Hãy dừng chương trình đó hoặc chọn cổng khác: PORT={port + 1} make demo.",
        f"Port {port} is in use by another program{holder}. "
        f"Stop it or choose another port: PORT={port + 1} make demo.",
    )
