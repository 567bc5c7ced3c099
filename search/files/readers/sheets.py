"""Tables: XLSX, XLS and CSV."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import openpyxl
import xlrd

from .pieces import MAX_PAGES, Piece, Unreadable, in_pieces
from .plain import decode


def read_xlsx(file: BinaryIO) -> Iterator[Piece]:
    """The sheets of a workbook, hidden ones left out."""
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise Unreadable("corrupt") from error
    for number, sheet in enumerate(book.worksheets[:MAX_PAGES], 1):
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        try:
            yield from in_pieces(map(_line, sheet.values), number, sheet.title)
        except (zipfile.BadZipFile, SyntaxError, ValueError, KeyError) as error:
            raise Unreadable("corrupt") from error


def read_xls(data: bytes) -> Iterator[Piece]:
    """The sheets of an old workbook, hidden ones left out."""
    try:
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
        names = book.sheet_names()[:MAX_PAGES]
        for number, name in enumerate(names, 1):
            sheet = book.sheet_by_name(name)
            if not sheet.visibility:
                rows = (_xls_row(book, sheet.row(at)) for at in range(sheet.nrows))
                yield from in_pieces(map(_line, rows), number, name)
            book.unload_sheet(name)
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error).lower()
        raise Unreadable("encrypted" if locked else "corrupt") from error
    except (AssertionError, IndexError, KeyError, ValueError, TypeError, OSError) as error:
        raise Unreadable("corrupt") from error


def _xls_row(book: Any, cells: Iterable[Any]) -> Iterator[Any]:
    for cell in cells:
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                yield xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError):
                yield cell.value
        elif cell.ctype != xlrd.XL_CELL_ERROR:
            yield cell.value


def read_csv(data: bytes) -> Iterator[Piece]:
    """The lines of a table, whatever separates its cells."""
    text = decode(data)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = list(csv.reader(io.StringIO(text), dialect))
    except csv.Error:
        rows = [[line] for line in text.splitlines()]
    yield from in_pieces(map(_line, rows))


def _line(cells: Iterable[Any]) -> str:
    return "\t".join(filter(None, map(_cell, cells)))


def _cell(value: Any) -> str:
    """A value as people see it: days as 30/06/2025, whole numbers without a point."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
