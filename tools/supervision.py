"""Supervisor (from PyPI): its configuration, and talking to it over its Unix socket."""

import http.client
import os
import shlex
import socket
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.errors import ToolError
from tools.paths import LOG, ROOT, RUN, socket_folder

CONFIG = RUN / "supervisord.conf"
PIDFILE = RUN / "supervisord.pid"


@dataclass(frozen=True)
class Program:
    """One supervised program.  It is started by :meth:`Supervisor.start`, then kept alive."""

    name: str
    command: Sequence[str]
    priority: int
    stop_signal: str = "TERM"
    stop_seconds: int = 20
    user: str | None = None
    directory: Path = ROOT

    @property
    def log(self) -> Path:
        """Where the program's output goes."""
        return LOG / f"{self.name}.log"

    def section(self) -> str:
        """Return the program's part of Supervisor's configuration."""
        values = {
            "command": shlex.join(self.command),
            "directory": self.directory,
            "priority": self.priority,
            "autostart": "false",
            "autorestart": "true",
            # A program that dies sooner has a mistake; it is not restarted for ever.
            "startsecs": 4,
            "startretries": 8,
            "stopsignal": self.stop_signal,
            "stopwaitsecs": self.stop_seconds,
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": self.log,
            "stdout_logfile_maxbytes": "5MB",
            "stdout_logfile_backups": 1,
        } | ({"user": self.user} if self.user else {})
        return _section(f"program:{self.name}", values)


def _section(title: str, values: dict[str, Any]) -> str:
    """Return one section; Supervisor expands %, so it is doubled."""
    lines = [f"{key}={str(value).replace('%', '%%')}" for key, value in values.items()]
    return "\n".join([f"[{title}]", *lines, ""])


def socket_path() -> Path:
    """Return Supervisor's socket."""
    return socket_folder(RUN) / "supervisor.sock"


def _make_socket_folder() -> None:
    """Make the socket's folder; one in the shared temporary folder must be ours alone."""
    folder = socket_path().parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise ToolError(
            f"Thư mục {folder} thuộc người dùng khác. Hãy xoá thư mục đó rồi chạy lại.",
            f"The folder {folder} belongs to another user. Delete it and run again.",
        )


def write_config(programs: Sequence[Program]) -> None:
    """Write Supervisor's configuration for ``programs``."""
    for folder in (RUN, LOG):
        folder.mkdir(parents=True, exist_ok=True)
    _make_socket_folder()
    daemon = {
        "nodaemon": "true",
        "pidfile": PIDFILE,
        "logfile": LOG / "supervisor.log",
        "logfile_maxbytes": "2MB",
        "logfile_backups": 1,
        "childlogdir": LOG,
    } | ({"user": "root"} if os.geteuid() == 0 else {})
    factory = "supervisor.rpcinterface:make_main_rpcinterface"
    parts = [
        _section("unix_http_server", {"file": socket_path(), "chmod": "0700"}),
        _section("supervisord", daemon),
        _section("rpcinterface:supervisor", {"supervisor.rpcinterface_factory": factory}),
        *(program.section() for program in programs),
    ]
    CONFIG.write_text("\n".join(parts), encoding="utf-8")


def launch(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start Supervisor in a session of its own, so that Ctrl-C reaches only us; wait for it."""
    with (LOG / "supervisor.out").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-c", str(CONFIG)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    supervisor = Supervisor()
    for _ in range(100):
        if supervisor.is_alive():
            return process
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise ToolError(
        f"Bộ giám sát tiến trình không khởi động được; xem {LOG / 'supervisor.out'}.",
        f"The process supervisor does not start; see {LOG / 'supervisor.out'}.",
    )


class _UnixConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(60)
        self.sock.connect(str(socket_path()))


class _UnixTransport(xmlrpc.client.Transport):
    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        return _UnixConnection("localhost")


class Supervisor:
    """A running Supervisor of this checkout, reached by XML-RPC over its Unix socket."""

    def __init__(self) -> None:
        proxy = xmlrpc.client.ServerProxy("http://localhost/RPC2", transport=_UnixTransport())
        self._rpc: Any = proxy.supervisor

    def is_alive(self) -> bool:
        """Whether Supervisor answers."""
        try:
            self._rpc.getState()
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            return False
        return True

    def _call(self, method: str, *arguments: Any) -> Any:
        """Call one method; :class:`ToolError` when Supervisor is gone, as after ``make down``."""
        try:
            return getattr(self._rpc, method)(*arguments)
        except (OSError, http.client.HTTPException) as error:
            raise ToolError(
                "Bộ giám sát tiến trình đã bị dừng từ nơi khác. Hãy chạy lại.",
                "The process supervisor was stopped from elsewhere. Run again.",
            ) from error

    def states(self) -> dict[str, str]:
        """Return each program's state, such as ``RUNNING`` or ``FATAL``."""
        return {info["name"]: info["statename"] for info in self._call("getAllProcessInfo")}

    def start(self, *names: str) -> None:
        """Start programs without waiting for them."""
        for name in names:
            self._call("startProcess", name, False)

    def check(self, programs: Sequence[Program]) -> None:
        """Raise :class:`ToolError` with the end of its log when a program has given up."""
        states = self.states()
        for program in programs:
            if states.get(program.name) == "FATAL":
                raise _given_up(program)

    def shutdown(self, seconds: float = 60) -> None:
        """Stop all programs in reverse order and Supervisor itself; returns when it is gone."""
        try:
            pid = self._rpc.getPID()
            self._rpc.shutdown()
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and _exists(pid):
            time.sleep(0.1)


def _exists(pid: int) -> bool:
    """Whether the process runs; reaps it when it is our own child."""
    try:
        done, _ = os.waitpid(pid, os.WNOHANG)
        return done == 0
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _given_up(program: Program) -> ToolError:
    try:
        tail = program.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
    except OSError:
        tail = []
    print("\n".join(tail), file=sys.stderr)
    return ToolError(
        f"Dịch vụ “{program.name}” không chạy được (lý do ở trên, nhật ký {program.log}).",
        f"The service “{program.name}” does not run (reason above, log {program.log}).",
    )
