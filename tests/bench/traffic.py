"""Readers over HTTP: a web server as the demonstration runs it, clients that ask without pause.

Beside the times that readers wait, which a busy machine spoils, it counts what a request costs:
the processor time of the web server, of the database's processes and of the search node.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from search.evaluation.measure import percentile

from .children import python

START_SECONDS, STOP_SECONDS = 60, 20
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
STATES = ("web", "database", "search node")


@dataclass
class Traffic:
    """What readers saw: milliseconds of every answer, how many answers each engine gave, and what
    was no answer; `cpu` are the milliseconds of processor time a request, by program."""

    milliseconds: list[float] = field(default_factory=list)
    engines: Counter[str] = field(default_factory=Counter)
    errors: Counter[int] = field(default_factory=Counter)
    cpu: dict[str, float] = field(default_factory=dict)
    load: float = 0.0

    def at(self, percent: int) -> float:
        """So many of a hundred answers came within this."""
        return percentile(self.milliseconds, percent)

    @property
    def note(self) -> str:
        """Everything beside the percentiles in one line."""
        costs = ", ".join(f"{name} {value:.0f} ms" for name, value in self.cpu.items())
        engines = ", ".join(f"{name} {count}" for name, count in self.engines.items())
        errors = f", {sum(self.errors.values())} errors" if self.errors else ""
        return (
            f"{len(self.milliseconds):,} requests{errors}; {engines or 'one statement'}; "
            f"CPU a request: {costs}; load {self.load:.0f}"
        )


@dataclass(frozen=True, slots=True)
class Server:
    """A running web server."""

    port: int
    pid: int

    def ask(
        self, path: str, queries: Sequence[str], hostname: str, *, clients: int, seconds: float
    ) -> Traffic:
        """Let clients ask `path?q=…` for so long, each its share of the queries again and again."""
        result = Traffic()
        until = time.monotonic() + seconds
        meter = Meter(self)
        meter.start()
        threads = [
            threading.Thread(
                target=self._client, args=(path, queries[at::clients], hostname, until, result)
            )
            for at in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = meter.end()
        count = max(1, len(result.milliseconds))
        result.cpu = {name: spent[name] / count for name in STATES}
        result.load = os.getloadavg()[0]
        return result

    def _client(
        self, path: str, queries: Sequence[str], hostname: str, until: float, result: Traffic
    ) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for query in cycle(queries):
            if time.monotonic() >= until:
                break
            started = time.perf_counter()
            connection.request(
                "GET", f"{path}?{urlencode({'q': query})}", headers={"Host": hostname}
            )
            answer = connection.getresponse()
            body = answer.read()
            taken = (time.perf_counter() - started) * 1000
            if answer.status != 200:
                result.errors[answer.status] += 1
                continue
            result.milliseconds.append(taken)
            if engine := json.loads(body).get("engine"):
                result.engines[engine] += 1
        connection.close()

    def program(self, pid: int, parent: int, command: str) -> str:
        """Which of STATES a process belongs to; "" for none."""
        if self.pid in (pid, parent):
            return "web"
        database = settings.DATABASES["default"]["NAME"]
        if command.startswith("postgres: ") and f" {database} " in command:
            return "database"
        node_port = settings.ELASTICSEARCH_URL.rpartition(":")[2].strip("/")
        is_node = "search.node" in command and f"--port {node_port}" in command
        return "search node" if is_node and node_port else ""


class Meter(threading.Thread):
    """Processor time by program while it runs. It looks every half second, as a process of the
    database ends with its connection and takes its count along."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self._ended = threading.Event()
        # By process: its program, and its milliseconds when first and last seen.
        self._seen: dict[int, tuple[str, float, float]] = {}
        self._look(is_first=True)

    def run(self) -> None:
        """Look until `end` is called."""
        while not self._ended.wait(0.5):
            self._look()

    def end(self) -> dict[str, float]:
        """Stop looking; milliseconds by program."""
        self._ended.set()
        self.join()
        self._look()
        spent = dict.fromkeys(STATES, 0.0)
        for name, first, last in self._seen.values():
            spent[name] += last - first
        return spent

    def _look(self, *, is_first: bool = False) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                values = (folder / "stat").read_text().rpartition(")")[2].split()
            except (OSError, UnicodeDecodeError):
                continue
            pid, now = int(folder.name), (int(values[11]) + int(values[12])) * TICK_MS
            if name := self.server.program(pid, int(values[1]), command):
                start = self._seen[pid][1] if pid in self._seen else now if is_first else 0.0
                self._seen[pid] = (name, start, now)


@contextmanager
def web_server(environment: dict[str, str]) -> Iterator[Server]:
    """Two processes until the block ends. Raises TimeoutError."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = python("-m", "gunicorn", "cms.wsgi:application", "--preload", "--workers", "2")
    command += ["--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(  # noqa: S603 (our own command)
        command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_until_ready(port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError("The web server did not become ready.")
