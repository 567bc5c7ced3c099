"""A progress bar on standard error: drawn on a terminal, a line every tenth elsewhere."""

from __future__ import annotations

from typing import Any

WIDTH = 30


class ProgressBar:
    """Shows how much of some work is done."""

    def __init__(self, stream: Any, noun: str) -> None:
        self.stream = stream
        self.noun = noun
        self.tenth = -1
        self.drawn = False

    def show(self, done: int, total: int) -> None:
        """Draw the state; cheap enough to call once per batch."""
        share = done / total if total else 1.0
        line = f"{done:>7,} / {total:,} {self.noun}"
        if self.stream.isatty():
            filled = int(share * WIDTH)
            self.stream.write(f"\r[{'█' * filled}{'·' * (WIDTH - filled)}] {line}", ending="")
            self.stream.flush()
            self.drawn = True
        elif int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.stream.write(line)

    def finish(self) -> None:
        """Leave the bar standing and go to the next line."""
        if self.drawn:
            self.stream.write("")
