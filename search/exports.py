"""Tables of reports as CSV that spreadsheet programs open as they are meant."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.admin.views.reports import ReportView

from cms.spreadsheets import BYTE_ORDER_MARK, as_text


class SpreadsheetReport(ReportView):
    """A report whose CSV has a byte order mark, times of Viet Nam and no formulas."""

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """The whole file, line by line."""
        yield BYTE_ORDER_MARK.encode()
        yield from super().stream_csv(queryset)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """One cell."""
        if isinstance(value, datetime.datetime):
            value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
            return f"{value:%d/%m/%Y %H:%M}" if export_format == self.FORMAT_CSV else value
        value = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV and isinstance(value, str):
            return as_text(value)
        return value
