"""Working days in Viet Nam, in which the law counts. No app: dates, and a file of holidays.

Holidays on fixed dates follow from the law (Labour Code 2019, Art. 112, with a day off instead of
one that falls on a weekend: Art. 111.3). Those of the lunar calendar, and days that the yearly
announcements move, are in `holidays.csv`; a year that is not in it counts fixed dates only.
"""

from __future__ import annotations

import csv
import datetime
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "holidays.csv"
FIXED = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))  # month and day; of Quốc khánh's two the first
SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


def is_working_day(day: datetime.date) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


@lru_cache(maxsize=32)
def holidays_of(year: int) -> frozenset[datetime.date]:
    """All days off of a year that are no plain weekend, those given instead of one included."""
    days = {day for day in _moving_days() if day.year == year}
    for month, date in FIXED:
        day = datetime.date(year, month, date)
        while day.weekday() >= SATURDAY or day in days:
            days.add(day)
            day += ONE_DAY
        days.add(day)
    return frozenset(days)


@lru_cache(maxsize=1)
def _moving_days() -> frozenset[datetime.date]:
    days = set()
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row["first"])
            while day <= datetime.date.fromisoformat(row["last"]):
                days.add(day)
                day += ONE_DAY
    return frozenset(days)


def working_day_after(day: datetime.date, count: int) -> datetime.date:
    """The working day that lies `count` working days after a day.

    The day itself does not count (Civil Code 2015, Art. 147.2).
    """
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day
