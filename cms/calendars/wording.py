"""Dates as people say them, in the active language."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lunar_vn import LunarDate, solar_to_lunar

from .recurrence import Occurrence, week_of_month

if TYPE_CHECKING:
    from .models import EventPage

DATES = {"vi": "l, d/m/Y", "en": "l, j F Y"}
SHORT = {"vi": "d/m/Y", "en": "j M Y"}
MONTHS = {"vi": r"\t\h\á\n\g n/Y", "en": "F Y"}
LUNAR_YEARS = range(1900, 2101)


def day_name(day: datetime.date) -> str:
    """`Thứ Hai, 02/06/2025`."""
    return date_format(day, DATES.get(get_language() or "vi", "d/m/Y"))


def short_day(day: datetime.date) -> str:
    """`02/06/2025`; in English `2 Jun 2025`."""
    return date_format(day, SHORT.get(get_language() or "vi", "d/m/Y"))


def month_name(day: datetime.date) -> str:
    """`tháng 6/2025`, in English `June 2025`."""
    return date_format(day, MONTHS.get(get_language() or "vi", "n/Y"))


def clock(moment: datetime.datetime) -> str:
    """`7:30`."""
    return f"{moment.hour}:{moment.minute:02d}"


def hours(item: Occurrence) -> str:
    """`7:30 – 11:30`, or the words for a whole day."""
    if item.event.all_day:
        return _("all day")
    if item.end is None or item.end <= item.start:
        return clock(item.start)
    return f"{clock(item.start)} – {clock(item.end)}"


def span(item: Occurrence) -> str:
    """Day and time of an occurrence: `Thứ Hai, 02/06/2025, 7:30 – 11:30`."""
    if item.last_day == item.first_day:
        return f"{day_name(item.first_day)}, {hours(item)}"
    first, last = day_name(item.first_day), day_name(item.last_day)
    if item.event.all_day or item.end is None:
        return f"{first} – {last}"
    return f"{first}, {clock(item.start)} – {last}, {clock(item.end)}"


def rule(event: EventPage) -> str:
    """How a series repeats, in words; empty for a single event."""
    repeats, starts_at = event.repeats, event.starts_at
    if not repeats:
        return ""
    day = timezone.localtime(starts_at).date()
    weekday = date_format(day, "l")
    if repeats == "weekly":
        return _("every week on %(weekday)s") % {"weekday": weekday}
    which = {
        1: _("every month on the first %(weekday)s"),
        2: _("every month on the second %(weekday)s"),
        3: _("every month on the third %(weekday)s"),
        4: _("every month on the fourth %(weekday)s"),
        -1: _("every month on the last %(weekday)s"),
    }[week_of_month(day)]
    return which % {"weekday": weekday}


def lunar(day: datetime.date) -> str:
    """The date in the Vietnamese lunar calendar, `15/1`; empty outside the years it is known for.

    Computed for UTC+7, as Viet Nam does; the Chinese calendar differs in some years.
    """
    if day.year not in LUNAR_YEARS:
        return ""
    found = _lunar(day)
    leap = _("leap") if found.leap else ""
    return f"{found.day}/{found.month}{' ' + leap if leap else ''}"


@lru_cache(maxsize=4096)
def _lunar(day: datetime.date) -> LunarDate:
    """A month shows 42 of them, and each costs a search for two new moons."""
    return solar_to_lunar(day)
