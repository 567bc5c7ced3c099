"""File locks between processes of one checkout; the system frees them when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def open_lock(path: Path) -> IO[str]:
    """Open (and create) a lock file that child programs do not inherit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a+", encoding="utf-8")


def try_exclusive(stream: IO[str]) -> bool:
    """Take the lock for this process alone if nobody else has it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    stream.truncate(0)
    stream.write(str(os.getpid()))
    stream.flush()
    return True


def share(stream: IO[str]) -> None:
    """Hold the lock together with others; waits while one holds it alone."""
    fcntl.flock(stream, fcntl.LOCK_SH)


def release(stream: IO[str]) -> None:
    """Let go of the lock but keep the file open."""
    fcntl.flock(stream, fcntl.LOCK_UN)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock at ``path`` alone during the block; waits for it."""
    with open_lock(path) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
