"""What all CSV files need to be opened by spreadsheet programs as they are meant."""

from __future__ import annotations

BYTE_ORDER_MARK = "\ufeff"  # or Excel takes the file for Windows-1258
# Cells that begin so would be run as formulas (CWE-1236).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """A cell that no spreadsheet program runs as a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value
