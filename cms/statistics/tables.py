"""Tables of figures read from the stored data: cells, numbers, CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cms.spreadsheets import BYTE_ORDER_MARK, as_text

NUMBER = re.compile(r"^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$|^-?\d+(?:,\d+)?$|^-?\d+\.\d+$")
GROUPED = re.compile(r"^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$")


@dataclass(frozen=True)
class Table:
    """One table: `headings`, `is_number` per column, `rows` of texts as people read them."""

    title: str
    measure: str
    period: str
    source: str
    chart: str
    headings: list[str]
    is_number: list[bool]
    rows: list[list[str]]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Headings of `(text, is number)`."""
        return list(zip(self.headings, self.is_number, strict=True))

    @property
    def marked_rows(self) -> list[list[tuple[str, bool]]]:
        """Rows of `(text, is number)`."""
        return [list(zip(row, self.is_number, strict=True)) for row in self.rows]

    def as_csv(self) -> str:
        """The table for spreadsheet programs: title, header, rows; numbers without grouping."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(map(_harmless, self.headings))
        for row in self.rows:
            writer.writerow(
                plain_number(cell) if numeric else _harmless(cell)
                for cell, numeric in zip(row, self.is_number, strict=True)
            )
        return BYTE_ORDER_MARK + out.getvalue()


def read_tables(raw: Iterable[Mapping[str, Any]]) -> list[Table]:
    """The tables of raw stream blocks, in order."""
    return [_table(block["value"]) for block in raw if block.get("type") == "table"]


def _table(value: Mapping[str, Any]) -> Table:
    table = value.get("table") or {}
    columns = table.get("columns") or []
    width = len(columns)
    rows = [
        [str(cell if cell is not None else "") for cell in row["values"]][:width]
        for row in table.get("rows") or []
    ]
    return Table(
        title=value.get("title") or "",
        measure=value.get("measure") or "",
        period=value.get("period") or "",
        source=value.get("source") or "",
        chart=value.get("chart") or "",
        headings=[column.get("heading") or "" for column in columns],
        is_number=[column.get("type") == "number" for column in columns],
        rows=[row + [""] * (width - len(row)) for row in rows],
    )


def number(text: str) -> float | None:
    """`1.234,5` as 1234.5; None for what is no number.

    A single dot before three digits groups thousands, as Vietnamese texts write; before any other
    count of digits it is taken for an English decimal point.
    """
    text = text.strip().replace("\u00a0", "").replace(" ", "").replace("−", "-")
    if not NUMBER.match(text):
        return None
    if GROUPED.match(text) or "," in text:
        text = text.replace(".", "").replace(",", ".")
    return float(text)


def plain_number(text: str) -> str:
    """A number with a decimal point and without grouping; other text made harmless."""
    value = number(text)
    return _harmless(text) if value is None else f"{value:.10g}"


def _harmless(text: str) -> str:
    """A cell: a number, which may begin with a sign, or text that is no formula."""
    return as_text(text) if number(text) is None else text
