"""What a calendar's address asks for: month, week or list; and its files."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.listings.paging import address
from sites.units.models import AdministrativeUnit, Tier

from . import wording
from .recurrence import DAY

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

    from .models import EventPage
    from .queries import CalendarItem

FIRST_DAY, LAST_DAY = datetime.date(1945, 1, 1), datetime.date(2100, 12, 31)
MONTH, WEEK, LIST = "thang", "tuan", "danh-sach"
KINDS = {"cong-tac": "work", "tiep-cong-dan": "reception", "su-kien": "event", "le-hoi": "festival"}
NOON = 12
PER_CELL = 3
LIST_DAYS = 30
LIST_ITEMS = 100
FURTHER = 5
FILE_DAYS = 366
ICS = "text/calendar; charset=utf-8"


@dataclass
class Day:
    """One day of a calendar and what takes place on it."""

    date: datetime.date
    items: list[CalendarItem] = field(default_factory=list)
    is_today: bool = False
    is_outside: bool = False
    """Belongs to the month before or after the one that is shown."""

    @property
    def first_items(self) -> list[CalendarItem]:
        """What a cell of the month shows: all, or so few that “more” has a meaning."""
        return self.items if len(self.items) <= PER_CELL + 1 else self.items[:PER_CELL]

    @property
    def more(self) -> int:
        """How many items the cell leaves out."""
        return len(self.items) - len(self.first_items)

    @property
    def morning(self) -> list[CalendarItem]:
        """What begins before noon, lasts all day or began earlier."""
        return [item for item in self.items if self._is_morning(item)]

    @property
    def afternoon(self) -> list[CalendarItem]:
        """What begins at noon or later."""
        return [item for item in self.items if not self._is_morning(item)]

    @property
    def lunar(self) -> str:
        """The day of the lunar calendar, as “15/8”."""
        return wording.lunar(self.date)

    def _is_morning(self, item: CalendarItem) -> bool:
        began_before = item.occurrence.first_day < self.date
        return item.event.all_day or began_before or item.occurrence.start.hour < NOON


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Raises Http404 for what no calendar has."""

    view: str
    day: datetime.date
    kind: str
    below: AdministrativeUnit | None

    @classmethod
    def read(cls, request: HttpRequest, unit: AdministrativeUnit) -> Asked:
        """From the address; raises Http404 for a view, kind, day or unit that no calendar has."""
        view = request.GET.get("dang") or MONTH
        kind = request.GET.get("loai", "")
        if view not in (MONTH, WEEK, LIST) or (kind and kind not in KINDS):
            raise Http404("There is no such view of the calendar.")
        return cls(view, _day(request), kind, _below(request, unit))

    def query(self, **changes: str) -> str:
        """The address with something changed: `?dang=tuan&ngay=2025-06-02`."""
        asked = {
            "dang": self.view,
            "ngay": self.day.isoformat(),
            "loai": self.kind,
            "don-vi": self.below.code if self.below else "",
        } | {name.replace("_", "-"): value for name, value in changes.items()}
        return "?" + address(asked)

    def at(self, day: datetime.date) -> str:
        """The same view at another day; empty outside the years of the calendar."""
        return self.query(ngay=day.isoformat()) if FIRST_DAY <= day <= LAST_DAY else ""

    def range(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that the view shows."""
        if self.view == LIST:
            return self.day, self.day + (LIST_DAYS - 1) * DAY
        if self.view == WEEK:
            monday = self.day - self.day.weekday() * DAY
            return monday, monday + 6 * DAY
        first = self.day.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY


def _day(request: HttpRequest) -> datetime.date:
    raw = request.GET.get("ngay")
    if not raw:
        return timezone.localdate()
    try:
        day = datetime.date.fromisoformat(raw)
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Http404("The calendar does not reach to this day.")
    return day


def _below(request: HttpRequest, unit: AdministrativeUnit) -> AdministrativeUnit | None:
    """The unit whose events, with all below it, are asked for; None for the site's own calendar."""
    code = request.GET.get("don-vi", "")
    if not code or unit.tier == Tier.COMMUNE:
        return None
    if code == unit.code:
        return unit
    found = unit.descendants().filter(code=code).first() if len(code) <= 5 else None
    if found is None:
        raise Http404("There is no such unit below this one.")
    return found


def section_calendar(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """The calendar of a section page, the next reception of citizens, and further articles."""
    from .models import EventKind
    from .queries import events_between, next_reception

    unit = section_page.unit
    assert unit is not None
    asked = Asked.read(request, unit)
    first, last = asked.range()
    items = events_between(
        request, unit, first, last, kind=KINDS.get(asked.kind, ""), below=asked.below
    )
    days = _fill(asked, items, first, last)
    return {
        "asked": asked,
        "days": days,
        "weeks": [days[start : start + 7] for start in range(0, len(days), 7)],
        "list_days": _listed(days) if asked.view == LIST else [],
        "heading": _heading(asked, first, last),
        "moves": _moves(asked, days),
        "views": [(name, label, asked.query(dang=name)) for name, label in _view_names()],
        "kinds": [(name, EventKind(value).label) for name, value in KINDS.items()],
        "reception": next_reception(unit),
        "further": _further(request, section_page),
        "count": len(items),
    }


def _view_names() -> list[tuple[str, str]]:
    return [(MONTH, _("Month")), (WEEK, _("Week")), (LIST, _("List"))]


def _fill(
    asked: Asked, items: list[CalendarItem], first: datetime.date, last: datetime.date
) -> list[Day]:
    """Every day of the range with its items; in lists an item stands at its first day only."""
    today = timezone.localdate()
    days = {
        day: Day(
            day,
            is_today=day == today,
            is_outside=asked.view == MONTH and day.month != asked.day.month,
        )
        for day in (first + n * DAY for n in range((last - first).days + 1))
    }
    for item in items:
        touched = item.occurrence.days(first, last)
        for day in islice(touched, 1) if asked.view == LIST else touched:
            days[day].items.append(item)
    return list(days.values())


def _listed(days: list[Day]) -> list[Day]:
    """Days with items, whole days until about a hundred items are reached."""
    found: list[Day] = []
    count = 0
    for day in days:
        if day.items and count < LIST_ITEMS:
            found.append(day)
            count += len(day.items)
    return found


def _heading(asked: Asked, first: datetime.date, last: datetime.date) -> str:
    if asked.view == MONTH:
        name = wording.month_name(asked.day)
        return name[:1].upper() + name[1:]
    return f"{wording.short_day(first)} – {wording.short_day(last)}"


def _moves(asked: Asked, days: list[Day]) -> dict[str, str]:
    """The addresses of the time before, of today, and of the time after."""
    first, last = days[0].date, days[-1].date
    today = asked.query(ngay=timezone.localdate().isoformat())
    if asked.view == MONTH:
        month = asked.day.replace(day=1)
        before = (month - DAY).replace(day=1)
        return {"before": asked.at(before), "today": today, "after": asked.at(_next_month(month))}
    after = last + DAY
    if asked.view == LIST:
        shown = _listed(days)
        rest = [day for day in days if day.items and shown and day.date > shown[-1].date]
        after = rest[0].date if rest else after
    return {"before": asked.at(first - len(days) * DAY), "today": today, "after": asked.at(after)}


def _next_month(first: datetime.date) -> datetime.date:
    return (first + 31 * DAY).replace(day=1)


def _further(request: HttpRequest, section_page: SectionPage) -> list[Any]:
    """The section's newest pages that are no events."""
    from cms.sections.shown import SectionPages

    from .models import EventPage

    shown = SectionPages.load(request, section_page)
    ids = [entry.page_id for entry in shown.shown]
    events = EventPage.objects.order_by().filter(pk__in=ids).values_list("pk", flat=True)
    shown.claimed.update(events)
    return shown.others(FURTHER)


def calendar_file(request: HttpRequest, section_page: SectionPage) -> HttpResponse:
    """`lich.ics`: a year back, a year ahead, and every series that goes on."""
    from .ics import as_ics
    from .queries import events_between

    unit, today = section_page.unit, timezone.localdate()
    assert unit is not None
    items = events_between(request, unit, today - FILE_DAYS * DAY, today + FILE_DAYS * DAY)
    events = list({item.event.pk: item.event for item in items}.values())
    name = f"{section_page.display_title} – {unit}"
    return HttpResponse(as_ics(events, name), content_type=ICS)


def event_file(event: EventPage) -> HttpResponse:
    """One event, or one series, as a file."""
    from .ics import as_ics

    answer = HttpResponse(as_ics([event], event.display_title), content_type=ICS)
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer
