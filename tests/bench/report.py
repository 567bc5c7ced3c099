"""The table on the screen and `var/bench.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .harness import Measurement, number

HEADS = ("what", "value", "goal", "", "peer", "peer/ours", "remark")
STATES = {True: "✓", False: "✗ MISSED", None: ""}


def table(found: list[Measurement]) -> str:
    """All figures, one a line."""
    rows = [HEADS, *(_row(measurement) for measurement in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = ["  ".join(_cell(row, column, widths) for column in range(len(HEADS))) for row in rows]
    lines.insert(1, "─" * max(map(len, lines)))
    return "\n".join(line.rstrip() for line in lines)


def _cell(row: tuple[str, ...], column: int, widths: list[int]) -> str:
    cell = row[column]
    return cell.ljust(widths[column]) if column in (0, 3, 6) else cell.rjust(widths[column])


def _row(m: Measurement) -> tuple[str, ...]:
    return (
        m.name,
        f"{number(m.value)} {m.unit}",
        f"≤ {number(m.goal)}" if m.goal is not None else "",
        STATES[m.met],
        number(m.peer) if m.peer is not None else "",
        f"{number(m.ratio)} ×" if m.ratio is not None else "",
        m.note,
    )


def summary(found: list[Measurement]) -> str:
    """How many goals are met."""
    judged = [m for m in found if m.met is not None]
    missed = [m.name for m in judged if not m.met]
    line = f"{len(judged) - len(missed)} of {len(judged)} goals met."
    return f"{line} Missed: {'; '.join(missed)}." if missed else line


def write(path: Path, found: list[Measurement], about: dict[str, Any]) -> None:
    """Keep everything, single runs included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = about | {"measurements": [m.as_json() for m in found]}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
