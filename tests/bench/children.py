"""Child processes whose time and memory are watched."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
SAMPLE_SECONDS = 0.05
MEGABYTE = 1_000_000
WORKER_STOP_SECONDS = 30


class ChildFailed(RuntimeError):  # noqa: N818 (says what happened)
    """A child process ended with an error; its own words are on standard error."""


def peak_memory(pid: int | str = "self") -> float:
    """The most memory that a living process has had resident, in MB (10⁶ bytes).

    Linux counts it; the resource usage of ended children would include ours from before `exec`.
    """
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    found = PEAK.search(status)
    return int(found[1]) * 1024 / MEGABYTE if found else 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What a child left: its standard output, wall and CPU seconds, peak memory in MB."""

    output: str
    seconds: float
    cpu: float
    peak: float


class MemoryWatch(threading.Thread):
    """Keeps the peak memory of a process while it lives."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the process is gone or `end` is called."""
        while not self._ended.wait(SAMPLE_SECONDS):
            try:
                self.peak = max(self.peak, peak_memory(self.pid))
            except OSError:
                return

    def end(self) -> float:
        """Stop looking; returns the peak in MB."""
        self._ended.set()
        self.join()
        return self.peak


def python(*arguments: str) -> list[str]:
    """A command line of this interpreter."""
    return [sys.executable, *arguments]


def run_child(command: list[str], environment: dict[str, str]) -> Finished:
    """Run a child to its end. Raises ChildFailed."""
    started, used = time.perf_counter(), _cpu_of_children()
    with subprocess.Popen(  # noqa: S603 (our own commands)
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        watch = MemoryWatch(child.pid)
        watch.start()
        output, _ = child.communicate()
        seconds = time.perf_counter() - started
        peak = watch.end()
    if child.returncode:
        raise ChildFailed(f"{' '.join(command[1:])} ended with status {child.returncode}.")
    return Finished(output, seconds, _cpu_of_children() - used, peak)


def _cpu_of_children() -> float:
    """CPU seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def running_worker(environment: dict[str, str]) -> Iterator[MemoryWatch]:
    """A real background worker during the block."""
    command = python("manage.py", "worker")
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as worker:  # noqa: S603
        watch = MemoryWatch(worker.pid)
        watch.start()
        try:
            yield watch
        finally:
            worker.terminate()
            try:
                worker.wait(WORKER_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
            watch.end()
