"""A whole portal in processes of its own, for tests that look at it from outside.

Own database with the demonstration in it, a web server, a worker; nothing inside is reached except
by HTTP and management commands, as deployments do.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.faults.processes import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


class Stack:
    """Start with `with Stack(folder) as portal:`; stops and removes everything at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.name = f"stack_{uuid.uuid4().hex[:12]}"
        self.server = os.environ["DATABASE_URL"]
        parts = urlsplit(self.server)
        self.env = os.environ | {
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{self.name}")),
            "ELASTICSEARCH_INDEX": self.name.replace("_", "-"),
            "LIENCAP_ENV": "demo",
            "MEDIA": str(folder / "media"),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Stack:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))
        try:
            self.manage("migrate", "-v0")
            self.manage("collectstatic", "--noinput", "-v0")
            self.manage("demo_fill")
            self.manage("search_rebuild")
            self.start_worker()
            self.start_web()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        for name in list(self.processes):
            self.stop(name)
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )

    def manage(self, *arguments: str) -> Any:
        """Run a management command; the JSON that `--json` printed, if it did."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr.decode()[-2000:]}")
        lines = done.stdout.decode().strip().splitlines()
        return json.loads(lines[-1]) if "--json" in arguments and lines else None

    def start_worker(self) -> None:
        """Start the background worker."""
        self._start("worker", [sys.executable, "manage.py", "worker"])

    def start_web(self) -> None:
        """Start the web server and wait until it is ready."""
        gunicorn = [sys.executable, "-m", "gunicorn", "cms.wsgi:application"]
        options = ["-b", f"127.0.0.1:{self.port}", "-w", "1"]
        self._start("web", gunicorn + options)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            ready = f"http://127.0.0.1:{self.port}/readyz"
            with suppress(OSError), urllib.request.urlopen(ready) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.2)
        raise RuntimeError("The web server did not become ready: " + self.log("web"))

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop a process and wait for its end."""
        process = self.processes.pop(name)
        process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log(self, name: str) -> str:
        """What a process has printed."""
        return (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]

    def url(self, host: str, path: str = "/") -> str:
        """An address on a unit's host: `url("thanhson.thanhha.haiduong", "/tin-tuc/")`."""
        return f"http://{host}.localhost:{self.port}{path}"

    def _start(self, name: str, command: list[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
