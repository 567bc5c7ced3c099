"""When events take place, compared with a second implementation: dateutil through iCalendar."""

from __future__ import annotations

import datetime
import json

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.calendars.models import EventPage
from cms.calendars.recurrence import DAY, next_occurrence, occurrences, week_of_month
from cms.calendars.wording import lunar

pytestmark = pytest.mark.django_db  # a page asks for its content type when it is made

DAYS = st.dates(datetime.date(1945, 1, 1), datetime.date(2100, 11, 30))


def event(day: datetime.date, hour: int = 8, length: float = 2, **values: object) -> EventPage:
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
    return EventPage(
        pk=1, title="Họp", starts_at=start, ends_at=start + datetime.timedelta(hours=length),
        **values,
    )  # fmt: skip


def days_of(page: EventPage, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [item.first_day for item in occurrences(page, first, last)]


@settings(deadline=None, max_examples=120)
@given(start=DAYS, offset=st.integers(-60, 4000), span=st.integers(0, 100))
def test_weekly_series_are_those_of_the_standard(
    start: datetime.date, offset: int, span: int
) -> None:
    first = min(start + offset * DAY, datetime.date(2100, 11, 30))
    last = first + span * DAY
    rule = rrulestr("FREQ=WEEKLY", dtstart=datetime.datetime.combine(start, datetime.time()))
    expected = rule.between(
        datetime.datetime.combine(first, datetime.time()),
        datetime.datetime.combine(last, datetime.time()),
        inc=True,
    )
    found = days_of(event(start, repeats="weekly"), first, last)
    assert found == [moment.date() for moment in expected]


@settings(deadline=None, max_examples=120)
@given(start=DAYS, offset=st.integers(-60, 2000), span=st.integers(0, 120))
def test_monthly_series_are_those_of_the_standard(
    start: datetime.date, offset: int, span: int
) -> None:
    first = min(start + offset * DAY, datetime.date(2100, 8, 1))
    last = first + span * DAY
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()]
    rule = rrulestr(
        f"FREQ=MONTHLY;BYDAY={week_of_month(start)}{weekday}",
        dtstart=datetime.datetime.combine(start, datetime.time()),
    )
    expected = rule.between(
        datetime.datetime.combine(first, datetime.time()),
        datetime.datetime.combine(last, datetime.time()),
        inc=True,
    )
    found = days_of(event(start, repeats="monthly"), first, last)
    assert found == [moment.date() for moment in expected]


def test_skipped_days_and_the_end_hold() -> None:
    start = datetime.date(2025, 6, 2)
    page = event(start, repeats="weekly", repeat_until=datetime.date(2025, 6, 23))
    page.skipped = json.dumps([{"type": "day", "value": {"date": "2025-06-09", "reason": ""}}])
    found = days_of(page, start, start + 60 * DAY)
    assert found == [start, datetime.date(2025, 6, 16), datetime.date(2025, 6, 23)]


def test_an_event_over_midnight_touches_both_days() -> None:
    page = event(datetime.date(2025, 6, 2), hour=20, length=8)
    assert days_of(page, datetime.date(2025, 6, 3), datetime.date(2025, 6, 3)) == [
        datetime.date(2025, 6, 2)
    ]
    to_midnight = event(datetime.date(2025, 6, 2), hour=20, length=4)
    assert days_of(to_midnight, datetime.date(2025, 6, 3), datetime.date(2025, 6, 3)) == []


@pytest.mark.parametrize("year", [1945, 1975, 2100])
def test_series_keep_their_hour_in_every_year(year: int) -> None:
    page = event(datetime.date(1945, 1, 1), hour=7, repeats="weekly")
    found = occurrences(page, datetime.date(year, 3, 1), datetime.date(year, 9, 30))
    assert found
    assert {item.start.hour for item in found} == {7}


def test_the_next_occurrence_is_the_one_that_has_not_ended() -> None:
    page = event(datetime.date(2025, 6, 2), hour=8, repeats="weekly")
    during = timezone.make_aware(datetime.datetime(2025, 6, 9, 9, 0))
    after = timezone.make_aware(datetime.datetime(2025, 6, 9, 11, 0))
    assert next_occurrence(page, during).first_day == datetime.date(2025, 6, 9)  # type: ignore[union-attr]
    assert next_occurrence(page, after).first_day == datetime.date(2025, 6, 16)  # type: ignore[union-attr]
    page.repeat_until = datetime.date(2025, 6, 9)
    assert next_occurrence(page, after) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-01-29", "1/1"),  # Tết Ất Tỵ
        ("2024-02-10", "1/1"),  # Tết Giáp Thìn
        ("2025-10-06", "15/8"),  # Trung thu
        ("1985-01-21", "1/1"),  # a year in which the Chinese new year was a month later
        ("2025-07-25", "1/6 nhuận"),
        ("1899-01-01", ""),
    ],
)
def test_lunar_dates_are_the_vietnamese_ones(day: str, expected: str) -> None:
    assert lunar(datetime.date.fromisoformat(day)) == expected
