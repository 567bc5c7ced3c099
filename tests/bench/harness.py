"""Measurements, and the few ways in which they are taken."""

from __future__ import annotations

import gc
import statistics
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from sites.distribution.measuring import counted_queries

FACTOR = {"s": 1.0, "ms": 1000.0}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure. `goal` is the most that is allowed; `peer` what stock Wagtail takes.

    `value`, `peer` and `goal` are in `unit`; `runs` holds the single values of a median.
    """

    subject: str
    name: str
    value: float
    unit: str
    goal: float | None = None
    peer: float | None = None
    note: str = ""
    runs: list[float] = field(default_factory=list)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None when there is no goal."""
        return None if self.goal is None else self.value <= self.goal

    @property
    def ratio(self) -> float | None:
        """How many times more the peer takes."""
        return self.peer / self.value if self.peer is not None and self.value else None

    def as_json(self) -> dict[str, Any]:
        """Everything, for `var/bench.json`."""
        return asdict(self) | {"met": self.met, "ratio": self.ratio}


class Recorder:
    """Collects measurements of one subject and shows each at once."""

    def __init__(self, subject: str, found: list[Measurement]) -> None:
        self.subject = subject
        self.found = found

    def add(self, name: str, value: float, unit: str, **more: Any) -> None:
        """Keep one figure; see `Measurement` for what may be added."""
        measurement = Measurement(self.subject, name, value, unit, **more)
        self.found.append(measurement)
        say(f"    {name}: {number(value)} {unit}")

    def median(self, name: str, values: list[float], unit: str, **more: Any) -> None:
        """Keep the median of values in `unit`, and the values themselves."""
        self.add(name, statistics.median(values), unit, runs=values, **more)


@contextmanager
def survived(subject: str, failed: list[str]) -> Iterator[None]:
    """Let the other subjects go on when one fails; the failure is told, and kept."""
    try:
        yield
    except Exception as error:
        failed.append(f"{subject}: {type(error).__name__}: {error}")
        traceback.print_exc(file=sys.stderr)
        say(f"    {subject} could not be measured: {type(error).__name__}: {error}")


def say(text: str) -> None:
    """Progress, where it does not disturb the table."""
    print(text, file=sys.stderr, flush=True)


def timed(work: Callable[[], Any], unit: str = "s") -> float:
    """How long one call takes. Garbage is collected before and not in between."""
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        work()
        return (time.perf_counter() - started) * FACTOR[unit]
    finally:
        gc.enable()


def timed_and_counted(work: Callable[[], Any], unit: str = "s") -> tuple[float, int]:
    """How long one call takes and how many statements it sends."""
    with counted_queries() as queries:
        duration = timed(work, unit)
    return duration, queries.count


def repeated(
    work: Callable[[], Any], runs: int, unit: str = "s", warm_up: int = 2
) -> tuple[list[float], int]:
    """Durations of several calls after a warm-up, and the most statements that one sent."""
    for _ in range(warm_up):
        work()
    measured = [timed_and_counted(work, unit) for _ in range(runs)]
    return [duration for duration, _ in measured], max(count for _, count in measured)


def number(value: float) -> str:
    """Three digits that matter, thousands apart."""
    if value and abs(value) < 100:
        return f"{value:.3g}"
    return f"{value:,.0f}"
