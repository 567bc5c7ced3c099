"""Visible progress: one line per step, with its duration when it took a while."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORTH_TELLING = 1.0


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(vi: str, en: str) -> Iterator[None]:
    """Announce a step in both languages; tell its seconds when it ends well."""
    say(f"→ {vi} · {en}")
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    if seconds >= WORTH_TELLING:
        say(f"  ✓ {seconds:.1f} s")


class Counter:
    """A running number for long steps: in place on a terminal, every tenth one in a log."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.count = 0

    def add(self, detail: str) -> None:
        """Count one more and show it."""
        self.count += 1
        if sys.stdout.isatty():
            print(f"\r\033[K  {self.count} {self.unit}: {detail[:60]}", end="", flush=True)
        elif self.count % 10 == 0:
            say(f"  {self.count} {self.unit}")

    def finish(self) -> None:
        """End the line that :meth:`add` kept open."""
        if self.count and sys.stdout.isatty():
            say("")
