"""Real processes of the portal, for tests that kill them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The address of the test's own database, for another process."""
    values: dict[str, Any] = connection.settings_dict
    options = values.get("OPTIONS", {})
    host = values["HOST"] or options.get("host", "")
    query = {"host": host} if host.startswith("/") else {}
    if port := values["PORT"] or options.get("port"):
        query["port"] = str(port)
    user = f"{quote(values['USER'])}:{quote(values['PASSWORD'] or '')}"
    server = "" if host.startswith("/") else quote(host)
    if server and (port := query.pop("port", "")):
        server = f"{server}:{port}"
    return f"postgresql://{user}@{server}/{quote(values['NAME'])}?{urlencode(query)}"


def start_worker() -> subprocess.Popen[bytes]:
    """`manage.py worker` on the test's database and index."""
    environment = {
        **os.environ,
        "LIENCAP_ENV": "test",
        "DATABASE_URL": database_url(),
        "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX,
    }
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)


def start_node(data: Path, port: int) -> subprocess.Popen[bytes]:
    """A search node with its data in a folder; wait for it with `wait_until`."""
    command = [
        sys.executable, "-m", "search.node", "--home", str(ROOT / "var" / "search-node"),
        "--data", str(data), "--port", str(port), "--heap", "256m",
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def stop(process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> None:
    """Send a signal and wait for the end."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(is_true: Callable[[], bool], seconds: float = 60, step: float = 0.05) -> None:
    """Wait for something; fails the test when it does not come true in time."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(step)
