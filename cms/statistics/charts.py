"""Charts drawn from a table as inline SVG. The table holds the content, so they are decoration.

All measures are in units of the drawing (the viewBox), which scales to the width of the page.
Series are told apart by colour and by pattern or mark, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .tables import Table, number

WIDTH, HEIGHT = 752, 360
LEFT, RIGHT, TOP, BOTTOM = 104, 12, 16, 78
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
MAX_SERIES = 4
MAX_ROWS = 24
LABEL_LETTERS = 17
STEPS = 5


@dataclass(frozen=True)
class Series:
    """One column of numbers; None where a cell holds none."""

    name: str
    values: list[float | None]


@dataclass(frozen=True)
class Scale:
    """From values to vertical positions."""

    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        """Where a value stands, in units of the drawing from its top."""
        return round(TOP + PLOT_HEIGHT * (self.high - value) / (self.high - self.low), 1)

    def ticks(self) -> list[float]:
        """The values that lines are drawn for, lowest first."""
        count = round((self.high - self.low) / self.step)
        return [self.low + n * self.step for n in range(count + 1)]


def chart(table: Table) -> SafeString:
    """The SVG of a table; empty where it has nothing to draw or too much to be read."""
    series = _series(table)
    labels = [row[0] for row in table.rows] if table.rows else []
    if not table.chart or not series or not 1 < len(labels) <= MAX_ROWS:
        return SafeString("")
    scale = _scale([value for one in series for value in one.values if value is not None])
    draw = _lines if table.chart == "line" else _bars
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}{}{}</svg>',
        WIDTH, HEIGHT, _grid(scale), _labels(labels), draw(series, scale),
    )  # fmt: skip


def legend(table: Table) -> list[str]:
    """The names of the series that a chart shows, in their order."""
    return [one.name for one in _series(table)]


def _series(table: Table) -> list[Series]:
    found = []
    for index, (heading, numeric) in enumerate(table.columns):
        values = [number(row[index]) for row in table.rows]
        if index and numeric and any(value is not None for value in values):
            found.append(Series(heading, values))
    return found[:MAX_SERIES]


def _scale(values: Sequence[float]) -> Scale:
    """A scale from zero in steps of 1, 2 or 5 times a power of ten."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    power = 10.0 ** floor(log10(span / STEPS))
    step = next(n * power for n in (1, 2, 5, 10) if n * power * STEPS >= span)
    bottom = floor(low / step) * step
    top = -floor(-high / step) * step
    return Scale(bottom, top if top > bottom else bottom + step, step)


def _grid(scale: Scale) -> SafeString:
    rows = [(LEFT, scale.y(tick), WIDTH - RIGHT, _short(tick)) for tick in scale.ticks()]
    return format_html_join(
        "",
        '<path class="chart-grid" d="M{} {}H{}"/><text class="chart-text" x="{}" y="{}" '
        'text-anchor="end">{}</text>',
        ((left, y, right, LEFT - 8, y + 4, text) for left, y, right, text in rows),
    )


def _labels(labels: Sequence[str]) -> SafeString:
    """The names of the rows below the plot; slanted where they are many."""
    width = PLOT_WIDTH / len(labels)
    slanted = len(labels) > 6 or any(len(label) * 7 > width for label in labels)
    made = []
    for index, label in enumerate(labels):
        x, y = round(LEFT + (index + 0.5) * width, 1), TOP + PLOT_HEIGHT + 18
        short = label if len(label) <= LABEL_LETTERS else label[: LABEL_LETTERS - 1] + "…"
        turn = f"rotate(-28 {x} {y})" if slanted else ""
        made.append((x, y, "end" if slanted else "middle", turn, short))
    return format_html_join(
        "",
        '<text class="chart-text" x="{}" y="{}" text-anchor="{}" transform="{}">{}</text>',
        made,
    )


def _bars(series: Sequence[Series], scale: Scale) -> SafeString:
    rows = len(series[0].values)
    group = PLOT_WIDTH / rows
    width = group * 0.72 / len(series)
    zero = scale.y(0)
    made = []
    for number_of, one in enumerate(series, start=1):
        for index, value in enumerate(one.values):
            if value is None:
                continue
            x = LEFT + index * group + group * 0.14 + (number_of - 1) * width
            y = scale.y(value)
            made.append(
                (number_of, round(x, 1), min(y, zero), round(width * 0.92, 1), abs(zero - y))
            )
    return format_html_join(
        "",
        '<rect class="chart-bar chart-{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        ((n, x, y, w, round(max(h, 0.5), 1)) for n, x, y, w, h in made),
    )


def _lines(series: Sequence[Series], scale: Scale) -> SafeString:
    width = PLOT_WIDTH / len(series[0].values)
    parts = []
    for number_of, one in enumerate(series, start=1):
        points = [
            (round(LEFT + (index + 0.5) * width, 1), scale.y(value))
            for index, value in enumerate(one.values)
            if value is not None
        ]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(
            format_html('<polyline class="chart-line chart-{}" points="{}"/>', number_of, line)
        )
        parts += [_mark(number_of, x, y) for x, y in points]
    return mark_safe("".join(parts))  # noqa: S308 (joined from format_html)


def _mark(number_of: int, x: float, y: float) -> SafeString:
    """A point of its series' own form: circle, square, triangle, diamond."""
    shapes = {
        1: f"M{x - 4} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
        2: f"M{x - 4} {y - 4}h8v8h-8z",
        3: f"M{x} {y - 5}l5 9h-10z",
        4: f"M{x} {y - 6}l6 6l-6 6l-6 -6z",
    }
    return format_html('<path class="chart-mark chart-{}" d="{}"/>', number_of, shapes[number_of])


def _short(value: float) -> str:
    """A number for an axis, written as in Vietnamese: `1.500`, `0,5`."""
    text = f"{value:,.10g}" if abs(value) >= 1 or value == 0 else f"{value:.3g}"
    return text.translate(str.maketrans(",.", ".,"))
