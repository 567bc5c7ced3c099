"""When events take place: series are expanded only within the days that are asked for.

Series repeat on the wall clock of Viet Nam, also across changes of its offset (1945–1975).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from .models import EventPage

DAY = datetime.timedelta(days=1)
WEEK = 7
LAST = -1
# How far a search for the next occurrence looks; a series with longer gaps does not exist.
HORIZON = datetime.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place, in Vietnamese local time."""

    event: EventPage
    start: datetime.datetime
    end: datetime.datetime | None

    @property
    def first_day(self) -> datetime.date:
        """The day on which it begins."""
        return self.start.date()

    @property
    def last_day(self) -> datetime.date:
        """The last day it touches; an end at midnight does not touch the next day."""
        if self.end is None or self.end <= self.start:
            return self.start.date()
        return (self.end - datetime.timedelta(microseconds=1)).date()

    def days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        """The days between two days, both included, on which it takes place."""
        day, final = max(first, self.first_day), min(last, self.last_day)
        while day <= final:
            yield day
            day += DAY


def occurrences(event: EventPage, first: datetime.date, last: datetime.date) -> list[Occurrence]:
    """All occurrences of an event that touch the days from `first` to `last`, in order."""
    start = timezone.localtime(event.starts_at)
    end = timezone.localtime(event.ends_at) if event.ends_at else None
    length = end.replace(tzinfo=None) - start.replace(tzinfo=None) if end else None
    reach = max(length.days + 1 if length else 0, 0)
    skipped = event.skipped_days if event.repeats else set()
    found = []
    for day in _days(event, start.date(), first - reach * DAY, last):
        if day in skipped:
            continue
        begins = _at(day, start)
        item = Occurrence(event, begins, _after(begins, length))
        if item.first_day <= last and item.last_day >= first:
            found.append(item)
    return found


def expand(
    events: Iterable[EventPage], first: datetime.date, last: datetime.date
) -> list[Occurrence]:
    """The occurrences of several events, by day; whole days before times, then by time."""
    found = [item for event in events for item in occurrences(event, first, last)]
    return sorted(found, key=_order)


def _order(item: Occurrence) -> tuple[datetime.date, bool, datetime.time, str]:
    return (item.first_day, not item.event.all_day, item.start.time(), item.event.title)


def next_occurrence(event: EventPage, moment: datetime.datetime) -> Occurrence | None:
    """The first occurrence that has not ended at a moment."""
    local = timezone.localtime(moment)
    start = timezone.localtime(event.starts_at).date()
    first = max(local.date(), start)
    last = first + HORIZON if event.repeats else first
    for item in occurrences(event, first, last):
        ends = item.end or item.start
        if item.event.all_day or ends >= local:
            return item
    return None


def _days(
    event: EventPage, start: datetime.date, first: datetime.date, last: datetime.date
) -> Iterator[datetime.date]:
    """The days on which an event begins, between two days."""
    if not event.repeats:
        if first <= start <= last:
            yield start
        return
    last = min(last, event.repeat_until) if event.repeat_until else last
    days = _weekly(start, first) if event.repeats == "weekly" else _monthly(start, first)
    for day in days:
        if day > last:
            return
        yield day


def _weekly(start: datetime.date, first: datetime.date) -> Iterator[datetime.date]:
    weeks = max(0, -((start - first).days // WEEK))
    day = start + weeks * WEEK * DAY
    while True:
        yield day
        day += WEEK * DAY


def _monthly(start: datetime.date, first: datetime.date) -> Iterator[datetime.date]:
    which = week_of_month(start)
    year, month = max((start.year, start.month), (first.year, first.month))
    while True:
        day = _weekday_of(year, month, start.weekday(), which)
        if day >= max(start, first):
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def week_of_month(day: datetime.date) -> int:
    """1 to 4 for the first to fourth weekday of its kind in the month; -1 for a fifth: the last."""
    number = (day.day - 1) // WEEK + 1
    return number if number <= 4 else LAST


def _weekday_of(year: int, month: int, weekday: int, which: int) -> datetime.date:
    length = calendar.monthrange(year, month)[1]
    if which == LAST:
        final = datetime.date(year, month, length)
        return final - ((final.weekday() - weekday) % WEEK) * DAY
    begin = datetime.date(year, month, 1)
    return begin + ((weekday - begin.weekday()) % WEEK + (which - 1) * WEEK) * DAY


def _at(day: datetime.date, model: datetime.datetime) -> datetime.datetime:
    """A day at the wall-clock time of another moment."""
    return timezone.make_aware(datetime.datetime.combine(day, model.time()))


def _after(start: datetime.datetime, length: datetime.timedelta | None) -> datetime.datetime | None:
    if length is None:
        return None
    return timezone.make_aware(start.replace(tzinfo=None) + length)
