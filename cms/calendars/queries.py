"""Which events a site shows in a range of days, in a constant number of queries.

One statement finds the ids over all sections: a unit's own events, those that other levels pushed
or that it took, and where asked for those of the units below. Series are found by their rule and
expanded in Python, so an endless one costs a single row.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from cms.basepage.models import language_prefix
from sites.distribution import receiving
from sites.distribution.queries import EVERYWHERE, OWN, PUSHED, READABLE, TAKEN, TOKENS
from sites.distribution.sections import SiteSections, sections_of
from sites.units.models import AdministrativeUnit

from .models import EventKind, EventPage
from .recurrence import DAY, Occurrence, expand

SHOWN = f"""
    ({OWN}) UNION ALL
    (SELECT s.* FROM {TOKENS} CROSS JOIN LATERAL ({PUSHED}) s) UNION ALL
    ({TAKEN})
""".format(**EVERYWHERE)
BELOW = f"""
    SELECT p.id, p.public_at, NULL::bigint AS distribution_id
    FROM basepage_basepage p JOIN units_administrativeunit a ON a.id = p.unit_id
    WHERE a.path LIKE %(below)s AND {READABLE}
"""
IN_RANGE = """
    SELECT u.id, max(u.distribution_id) FROM ({source}) u
    JOIN calendars_eventpage e ON e.basepage_ptr_id = u.id
    WHERE e.starts_at < %(to)s AND (%(kind)s = '' OR e.kind = %(kind)s) AND (
        e.repeats = '' AND coalesce(e.ends_at, e.starts_at) >= %(from)s
        OR e.repeats <> '' AND (e.repeat_until IS NULL OR e.repeat_until >= %(from_day)s))
    GROUP BY u.id
"""
SOON = datetime.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """An occurrence with its address on the site that shows it."""

    occurrence: Occurrence
    url: str
    unit: AdministrativeUnit | None
    """Whose event it is, where it is not the site's own."""

    @property
    def event(self) -> EventPage:
        """The page that tells of it."""
        return self.occurrence.event


def events_between(
    request: HttpRequest,
    unit: AdministrativeUnit,
    first: datetime.date,
    last: datetime.date,
    *,
    kind: str = "",
    below: AdministrativeUnit | None = None,
) -> list[CalendarItem]:
    """What a unit's calendar holds from one day to another, both included, in order.

    With `below`, the events of that unit and of all units under it instead. Two queries, and the
    two of the site's sections where they have not been read yet.
    """
    distributed = _ids(unit, first, last, kind, below)
    events = EventPage.objects.filter(pk__in=distributed).select_related("unit")
    sections = sections_of(request, unit)
    places = {event.pk: _where(request, event, unit, distributed, sections) for event in events}
    return [CalendarItem(item, *places[item.event.pk]) for item in expand(events, first, last)]


def _where(
    request: HttpRequest,
    event: EventPage,
    unit: AdministrativeUnit,
    distributed: dict[int, int | None],
    sections: SiteSections,
) -> tuple[str, AdministrativeUnit | None]:
    """The address of an event here, and its unit where it is another one."""
    section = sections.page_for(event.section_id)
    if distributed[event.pk] is not None and section is not None:
        component = receiving.address(event.slug, event.pk)
        return f"{language_prefix()}{section.slug}/{component}/", event.unit
    return event.get_url(request) or "", event.unit if event.unit_id != unit.pk else None


def _ids(
    unit: AdministrativeUnit,
    first: datetime.date,
    last: datetime.date,
    kind: str,
    below: AdministrativeUnit | None,
) -> dict[int, int | None]:
    """Event ids, each with the distribution that brought it. One query."""
    parameters: dict[str, Any] = {
        "unit": unit.pk,
        "tokens": unit.tokens(),
        "below": f"{below.path}%" if below else "",
        "kind": kind,
        "from": _midnight(first),
        "to": _midnight(last + DAY),
        "from_day": first,
    }
    with connection.cursor() as cursor:
        cursor.execute(IN_RANGE.format(source=BELOW if below else SHOWN), parameters)
        return dict(cursor.fetchall())


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def upcoming(request: HttpRequest, unit: AdministrativeUnit, limit: int) -> list[CalendarItem]:
    """The next events that a unit's site shows within sixty days. Two queries."""
    now = timezone.localtime()
    items = events_between(request, unit, now.date(), now.date() + SOON)
    return not_over(items, now)[:limit]


def not_over(items: Iterable[CalendarItem], now: datetime.datetime) -> list[CalendarItem]:
    """Items that have not ended yet."""
    return [
        item for item in items
        if item.event.all_day or (item.occurrence.end or item.occurrence.start) >= now
    ]  # fmt: skip


def next_reception(unit: AdministrativeUnit) -> Occurrence | None:
    """When a unit's leaders receive citizens next. One query; `occurrence.event` is the page."""
    now = timezone.now()
    receptions = EventPage.objects.live().filter(unit=unit, kind=EventKind.RECEPTION)
    found = [event.next(now) for event in receptions]
    return min((item for item in found if item), key=lambda item: item.start, default=None)
