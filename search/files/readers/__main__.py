"""``python -m search.files.readers NAME < file``: one line of JSON per piece, the state last."""

from __future__ import annotations

import json
import resource
import signal
import sys

from .parent import die_with_parent

MEMORY = 512 * 1024 * 1024
WRITTEN = 64 * 1024 * 1024
CPU_SECONDS = 60
# The caller ends this process before; this is for the case that the caller is gone.
ALARM_SECONDS = 90


def limit() -> None:
    """Take from this process what it could hurt the machine with."""
    die_with_parent()
    signal.alarm(ALARM_SECONDS)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(name: str) -> None:
    """Read standard input, a file of this name."""
    from .kinds import read
    from .pieces import Unreadable

    state, parts = "ok", ""
    try:
        parts, pieces = read(sys.stdin.buffer, name)
        for piece in pieces:
            _say({"number": piece.number, "name": piece.name, "text": piece.text})
    except Unreadable as error:
        state = error.state
    except (MemoryError, RecursionError):
        state = "too_big"
    _say({"state": state, "parts": parts})


def _say(data: dict[str, object]) -> None:
    # Flushed at once: what was read counts even when the process is ended.
    print(json.dumps(data), flush=True)


if __name__ == "__main__":
    limit()
    main(sys.argv[1])
