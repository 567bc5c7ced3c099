"""The memory of the whole demonstration at rest, when it runs (`make up` before `make bench`)."""

from __future__ import annotations

import contextlib

import psutil

from tools import processes, services
from tools.paths import RUN

from .children import MEGABYTE
from .harness import Recorder, say
from .world import World

GOAL = 1800


def family() -> set[psutil.Process]:
    """The demonstration's processes. PostgreSQL's children overwrite the mark in their memory."""
    found = set(processes.marked(str(RUN)))
    for process in list(found):
        with contextlib.suppress(psutil.Error):
            found.update(process.children(recursive=True))
    return found


def measure(world: World, recorder: Recorder) -> None:
    """Sum over its processes; pages that several of them share are counted once (PSS)."""
    if not services.running():
        say("    The demonstration does not run; its memory is not measured.")
        return
    shares, resident = 0, 0
    for process in family():
        with contextlib.suppress(psutil.Error):
            memory = process.memory_full_info()
            shares += memory.pss
            resident += memory.rss
    recorder.add(
        "whole demonstration at rest", shares / MEGABYTE, "MB", goal=GOAL, note="shared pages once"
    )
    recorder.add("the same, shared pages in every process", resident / MEGABYTE, "MB")
