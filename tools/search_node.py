"""The search node as the other tools see it: install, command line, waiting for it."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.errors import ToolError, warn
from tools.paths import ROOT, VAR

HOME = VAR / "search-node"
HEAP = "512m"
NO_REPOSITORY = 3


def install() -> bool:
    """Download and verify the node's jars; False (and a note) when Maven Central is out of reach.

    Raises :class:`ToolError` when a jar differs from the lock: that is never passed over.
    """
    done = subprocess.run(
        [sys.executable, "-m", "search.node", "--install", "--home", str(HOME)],
        cwd=ROOT,
        check=False,
    )
    if done.returncode == 0:
        return True
    if done.returncode != NO_REPOSITORY:
        raise ToolError(
            "Máy chủ tìm kiếm không qua được kiểm tra (lý do ở ngay trên). Hãy xử lý rồi chạy lại.",
            "The search node did not pass its checks (the reason is right above). "
            "Settle it and run again.",
        )
    warn(
        "Không tới được kho Maven Central: tìm kiếm sẽ dùng PostgreSQL.",
        "Maven Central cannot be reached: search will use PostgreSQL.",
    )
    return False


def command(data: Path, port: int) -> list[str]:
    """Return the command line that runs a node in the foreground."""
    options = ["--home", HOME, "--data", data, "--port", port, "--heap", HEAP]
    return [sys.executable, "-m", "search.node", *map(str, options)]


def url(port: int) -> str:
    """Return the address as ``ELASTICSEARCH_URL`` takes it."""
    return f"http://127.0.0.1:{port}"


def answers(port: int) -> bool:
    """Whether the node on ``port`` is ready for indexing and queries."""
    try:
        with urllib.request.urlopen(f"{url(port)}/_cluster/health", timeout=5) as answer:  # noqa: S310
            return b'"status":"red"' not in answer.read()
    except (urllib.error.URLError, OSError):
        return False


def wait_ready(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    """Wait for the node; :class:`ToolError` when its process ends or time runs out."""
    deadline = time.monotonic() + seconds
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ToolError(
                f"Máy chủ tìm kiếm không khởi động được; xem {log}.",
                f"The search node does not start; see {log}.",
            )
        time.sleep(0.25)
