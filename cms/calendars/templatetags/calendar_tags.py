"""Dates and addresses of calendars in templates."""

from __future__ import annotations

import datetime

from django import template

from .. import wording
from ..models import EventPage
from ..recurrence import Occurrence
from ..views import LIST, Asked

register = template.Library()

register.filter("day_name", wording.day_name)
register.filter("short_day", wording.short_day)
register.filter("hours", wording.hours)
register.filter("span", wording.span)
register.filter("lunar", wording.lunar)


@register.filter
def rule(event: EventPage) -> str:
    """How a series repeats, in words."""
    return wording.rule(event)


@register.filter
def begin(item: Occurrence) -> str:
    """The time at which something begins, or the words for a whole day."""
    return wording.hours(item) if item.event.all_day else wording.clock(item.start)


@register.simple_tag
def calendar_day(asked: Asked, day: datetime.date) -> str:
    """The address of the list that begins at a day; empty outside the calendar's years."""
    address = asked.at(day)
    return asked.query(dang=LIST, ngay=day.isoformat()) if address else ""


@register.simple_tag
def calendar_kind(asked: Asked, kind: str) -> str:
    """The address of the same view with one kind of event only; "" for all kinds."""
    return asked.query(loai=kind)
