"""Whether a document is in force: computed from its dates and from what others do to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.listings.queries import State, state_on

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATE_NAMES = {
    State.IN_FORCE: _("In force"),
    State.IN_PART: _("Partly no longer in force"),
    State.EXPIRED: _("No longer in force"),
    State.PENDING: _("Not yet in force"),
}


@dataclass(frozen=True, slots=True)
class Validity:
    """The state of a document on a day, and the days on which it changes."""

    state: State
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    changed_on: datetime.date | None = None

    @classmethod
    def of(cls, values: dict[str, Any]) -> Validity:
        """From the columns `starts_on`, `ends_on`, `changed_on` of a list, for today."""
        days = (values.get("starts_on"), values.get("ends_on"), values.get("changed_on"))
        return cls(state_on(timezone.localdate(), *days), *days)

    @property
    def name(self) -> StrPromise:
        """The state in words."""
        return STATE_NAMES[self.state]

    @property
    def since(self) -> datetime.date | None:
        """The day on which the state began (for a pending document: begins)."""
        if self.state is State.EXPIRED:
            return self.ends_on
        return self.changed_on if self.state is State.IN_PART else self.starts_on

    @property
    def until(self) -> datetime.datetime | None:
        """The moment of the next change that is known today."""
        today = timezone.localdate()
        days = (self.starts_on, self.changed_on, self.ends_on)
        coming = [day for day in days if day and day > today]
        if not coming or self.state is State.EXPIRED:
            return None
        return timezone.make_aware(datetime.datetime.combine(min(coming), datetime.time()))
