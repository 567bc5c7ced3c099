"""Working days, in which the law counts: Monday to Friday. Public holidays are not known here."""

from __future__ import annotations

import datetime

SATURDAY = 5


def after_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day that lies `count` working days after a day."""
    while count > 0:
        day += datetime.timedelta(days=1)
        if day.weekday() < SATURDAY:
            count -= 1
    return day
