"""What a unit still has to disclose, and until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.workdays import working_day_after
from sites.units.models import AdministrativeUnit

from .models import DisclosureGroup, DisclosurePage

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

QUARTERS_BACK = 4
MONTHS = 3
Period = tuple[int, int | None]


class State(StrEnum):
    """Where one duty stands."""

    DONE = "done"
    LATE = "late"
    DRAFT = "draft"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never"


STATE_NAMES: dict[State, StrPromise] = {
    State.DONE: _("disclosed"),
    State.LATE: _("disclosed late"),
    State.DRAFT: _("written, not published"),
    State.DUE: _("to do"),
    State.OVERDUE: _("overdue"),
    State.NEVER: _("nothing yet"),
}
TO_DO = (State.OVERDUE, State.DRAFT, State.DUE, State.NEVER)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the law wants of a unit."""

    group: DisclosureGroup
    period: str
    due_on: datetime.date | None
    state: State
    page: DisclosurePage | None = None

    @property
    def state_name(self) -> StrPromise:
        """The state in words."""
        return STATE_NAMES[self.state]

    @property
    def is_to_do(self) -> bool:
        """Whether something is left to do."""
        return self.state in TO_DO


def duties_of(unit: AdministrativeUnit, today: datetime.date) -> list[Duty]:
    """Everything that a unit has to disclose, what is left to do first. Two queries."""
    items = list(
        DisclosurePage.objects.filter(unit=unit).defer_streamfields().select_related("group")
    )
    duties: list[Duty] = []
    for group in DisclosureGroup.objects.all():
        if unit.tier in group.tiers:
            own = [item for item in items if item.group_id == group.pk]
            duties += _of_group(group, own, today)
    order = {state: number for number, state in enumerate((*TO_DO, State.LATE, State.DONE))}
    return sorted(duties, key=lambda d: (order[d.state], d.due_on or today, d.group.number))


def _of_group(
    group: DisclosureGroup, items: list[DisclosurePage], today: datetime.date
) -> list[Duty]:
    if group.period == DisclosureGroup.Period.NONE:
        return [_item_duty(group, item, today) for item in items] or [
            Duty(group, "", None, State.NEVER)
        ]
    wanted = _quarters(today) if group.period == DisclosureGroup.Period.QUARTER else _years(today)
    by_period = {(item.period_year, item.period_quarter): item for item in items}
    known = {period for period, _ends_on in wanted}
    others = [item for item in items if (item.period_year, item.period_quarter) not in known]
    return [
        *(
            _period_duty(group, period, by_period.get(period), ends_on, today)
            for period, ends_on in wanted
        ),
        *(_item_duty(group, item, today) for item in others),
    ]


def _item_duty(group: DisclosureGroup, item: DisclosurePage, today: datetime.date) -> Duty:
    return Duty(group, item.period, item.due_on, _state(item, item.due_on, today), item)


def _period_duty(
    group: DisclosureGroup,
    period: Period,
    item: DisclosurePage | None,
    ends_on: datetime.date,
    today: datetime.date,
) -> Duty:
    due_on = working_day_after(ends_on, group.days)
    return Duty(group, _name(period), due_on, _state(item, due_on, today), item)


def _state(
    item: DisclosurePage | None, due_on: datetime.date | None, today: datetime.date
) -> State:
    is_over = due_on is not None and due_on < today
    if item is None:
        return State.OVERDUE if is_over else State.DUE
    if not item.live and item.first_published_at is None:
        return State.OVERDUE if is_over else State.DRAFT
    first = item.first_published_at
    if first is not None and due_on is not None and min(first, item.public_at).date() > due_on:
        return State.LATE
    return State.DONE


def _name(period: Period) -> str:
    year, quarter = period
    if quarter is None:
        return str(year)
    roman = ("I", "II", "III", "IV")[quarter - 1]
    return gettext("Quarter %(quarter)s/%(year)s") % {"quarter": roman, "year": year}


def _quarters(today: datetime.date) -> list[tuple[Period, datetime.date]]:
    """The last finished quarters with their last days."""
    year, quarter = today.year, (today.month - 1) // MONTHS + 1
    found: list[tuple[Period, datetime.date]] = []
    for _step in range(QUARTERS_BACK):
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        begins_next = datetime.date(year + quarter // 4, quarter * MONTHS % 12 + 1, 1)
        found.append(((year, quarter), begins_next - datetime.timedelta(days=1)))
    return found


def _years(today: datetime.date) -> list[tuple[Period, datetime.date]]:
    """The last finished year with its last day."""
    return [((today.year - 1, None), datetime.date(today.year - 1, 12, 31))]
