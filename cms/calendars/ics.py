"""Events as iCalendar files (RFC 5545), which every calendar program reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from .recurrence import DAY, week_of_month

if TYPE_CHECKING:
    from .models import EventPage

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def as_ics(events: Iterable[EventPage], name: str) -> bytes:
    """A calendar with the definition of its time zone, lines folded and ended by CRLF."""
    made = Calendar()
    made.add("prodid", "-//Lien Cap//Portal calendar//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(ZONE))
    for event in events:
        made.add_component(_component(event))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _component(event: EventPage) -> Event:
    start, end = _times(event)
    made = Event()
    made.add("uid", f"event-{event.pk}@{settings.PORTAL_DOMAIN}")
    made.add("dtstamp", (event.last_published_at or event.public_at).astimezone(datetime.UTC))
    made.add("summary", event.display_title)
    made.add("dtstart", start)
    if end is not None:
        made.add("dtend", end)
    _add_series(made, event)
    people = [event.chair, event.participants]
    description = "\n".join(text for text in (event.summary, *people) if text)
    address = event.get_full_url() or ""
    for key, value in (("location", event.place), ("description", description), ("url", address)):
        if value:
            made.add(key, value)
    return made


def _times(
    event: EventPage,
) -> tuple[datetime.date | datetime.datetime, datetime.date | datetime.datetime | None]:
    """Start and end; whole days as dates, of which iCalendar excludes the last."""
    start = timezone.localtime(event.starts_at, ZONE)
    end = timezone.localtime(event.ends_at, ZONE) if event.ends_at else None
    if event.all_day:
        return start.date(), (end or start).date() + DAY
    return start, end


def _add_series(made: Event, event: EventPage) -> None:
    if not event.repeats:
        return
    start = timezone.localtime(event.starts_at, ZONE)
    rule: dict[str, object] = {"freq": "WEEKLY"}
    if event.repeats == "monthly":
        weekday = WEEKDAYS[start.weekday()]
        rule = {"freq": "MONTHLY", "byday": f"{week_of_month(start.date())}{weekday}"}
    if event.repeat_until:
        last = datetime.datetime.combine(event.repeat_until, datetime.time(23, 59, 59), ZONE)
        rule["until"] = event.repeat_until if event.all_day else last.astimezone(datetime.UTC)
    made.add("rrule", rule)
    for day in sorted(event.skipped_days):
        moment = datetime.datetime.combine(day, start.time(), ZONE)
        made.add("exdate", day if event.all_day else moment)
