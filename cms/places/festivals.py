"""Dates of festivals, which follow the Vietnamese lunar calendar (UTC+7)."""

from __future__ import annotations

import datetime

from django.utils import timezone
from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

LAST_YEAR = 2099


def next_festival(
    month: int, first: int, last: int | None, today: datetime.date | None = None
) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of the next festival that has not ended, in the solar calendar.

    `month`, `first` and `last` (None: one day) are lunar. A thirtieth day that a month lacks is
    its twenty-ninth. None beyond the years for which the calendar is computed.
    """
    today = today or timezone.localdate()
    if not 1900 < today.year <= LAST_YEAR:
        return None
    year = solar_to_lunar(today).year
    for candidate in (year, year + 1):
        start = _solar(first, month, candidate)
        end = _solar(last or first, month, candidate)
        if end >= today:
            return start, end
    return None


def _solar(day: int, month: int, year: int) -> datetime.date:
    try:
        return lunar_to_solar(LunarDate(day, month, year))
    except ValueError:
        return lunar_to_solar(LunarDate(day - 1, month, year))
