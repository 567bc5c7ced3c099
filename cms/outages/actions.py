"""Announcing an outage, or changing an announcement. Forms and tests go through this class."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.operations.caching import frame_keys
from cms.operations.purging import order
from cms.workdays import ONE_DAY, working_day_after
from sites.people.models import Role
from sites.people.roles import has_role

from .models import PlannedOutage

# Decree 224/2026/NĐ-CP, Art. 13.1.
WORKING_DAYS_AHEAD = 7
LONGEST = datetime.timedelta(days=14)


class TooLateError(ValidationError):
    """Announced later than the law asks, and not called sudden."""


def earliest_start(announced: datetime.date) -> datetime.date:
    """The first day on which an outage may start that is announced on a day: seven whole working
    days have passed."""
    return working_day_after(announced, WORKING_DAYS_AHEAD) + ONE_DAY


@dataclass
class AnnounceOutageAction:
    """Store an announcement and let all affected sites show it.

    `check()` raises PermissionDenied or ValidationError by field; `user` None is the system.
    """

    outage: PlannedOutage
    user: Any = None

    def check(self) -> None:
        """Refuse what the person may not do, what makes no sense, and what comes too late."""
        if self.user is not None and not has_role(
            self.user, self.outage.unit_id, Role.ADMINISTRATOR
        ):
            raise PermissionDenied(_("Only portal administrators of the unit announce outages."))
        self._check_period()
        if self._keeps_the_time():
            return
        self._check_notice(timezone.localdate())

    def execute(self) -> PlannedOutage:
        """Check, and store. What moves the start forward counts as announced now."""
        self.check()
        with transaction.atomic():
            if not self._keeps_the_time():
                self.outage.announced_at = timezone.now()
            self.outage.announced_by = self.user
            self.outage.save()
            order(frame_keys(affected_tokens(self.outage)))
        return self.outage

    def _check_period(self) -> None:
        outage = self.outage
        if outage.ends_at <= outage.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})
        if outage.ends_at <= timezone.now():
            raise ValidationError({"ends_at": _("This time has passed already.")})
        if outage.ends_at - outage.starts_at > LONGEST:
            message = _("An outage of more than 14 days cannot be announced here.")
            raise ValidationError({"ends_at": message})

    def _check_notice(self, announced: datetime.date) -> None:
        outage = self.outage
        if outage.is_sudden:
            if not outage.sudden_reason.strip():
                message = _("Say why it could not be announced in time.")
                raise ValidationError({"sudden_reason": message})
            return
        earliest = earliest_start(announced)
        if timezone.localtime(outage.starts_at).date() >= earliest:
            return
        message = _(
            "Outages are announced at least 7 working days ahead (Decree 224/2026, Article 13). "
            "Announced today, it can start on %(day)s at the earliest. If it cannot wait, mark it "
            "as sudden and give the reason."
        )
        day = date_format(earliest, "d/m/Y")
        raise TooLateError({"starts_at": message % {"day": day}})

    def _keeps_the_time(self) -> bool:
        """Whether a stored announcement starts no earlier, and covers no more, than before."""
        if self.outage.pk is None:
            return False
        stored = PlannedOutage.objects.get(pk=self.outage.pk)
        return (
            stored.starts_at <= self.outage.starts_at
            and stored.unit_id == self.outage.unit_id
            and stored.covers_below >= self.outage.covers_below
            and stored.is_sudden == self.outage.is_sudden
        )


def affected_tokens(outage: PlannedOutage) -> list[str]:
    """The audience tokens whose units show the announcement."""
    code = outage.unit.code
    return [f"unit:{code}", *([f"under:{code}"] if outage.covers_below else [])]
