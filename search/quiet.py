"""Work that readers do not wait for: reading files, computing vectors, sorting an index.

It runs in a thread of the worker beside its tasks, so that a file of sixty seconds does not hold up
a change. Nothing is kept here: whatever is interrupted is found again in the database.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection

logger = logging.getLogger("liencap.worker")

IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 10.0
NICE = 10

Step = Callable[[], bool]


def steps() -> list[Step]:
    """Each does a little and tells whether there was anything to do."""
    from search.files.work import read_next
    from search.index.sorting import sort_words
    from search.meaning.work import compute_next

    return [sort_words, read_next, compute_next]


def start() -> None:
    """Work in a thread of its own, behind everything else that the machine has to do."""

    def run() -> None:
        with suppress(OSError):
            # Linux counts a thread as a process here.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        work_quietly(threading.Event())

    threading.Thread(target=run, daemon=True, name="quiet").start()


def work_quietly(stop: threading.Event, todo: Sequence[Step] | None = None) -> None:
    """Do what there is to do, in turn, until told to stop."""
    todo = steps() if todo is None else todo
    while not stop.is_set():
        close_old_connections()
        try:
            worked = [step() for step in todo]
        except DatabaseError:
            logger.warning("The database does not answer; files and vectors wait.")
            connection.close()
            stop.wait(TROUBLE_SECONDS)
            continue
        except Exception:
            logger.exception("A step of the quiet work failed; it is tried again.")
            stop.wait(TROUBLE_SECONDS)
            continue
        if not any(worked):
            stop.wait(IDLE_SECONDS)
