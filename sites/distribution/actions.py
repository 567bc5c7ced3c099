"""Push, change, recall, decide. Forms, commands and tests all go through these classes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from sites.people.models import Role
from sites.people.roles import has_role
from sites.units.models import AdministrativeUnit

from . import audience as audiences
from .models import (
    Distribution,
    DistributionTarget,
    LocalDecision,
    Policy,
    RecallReason,
)
from .receiving import is_over, is_private
from .signals import distribution_changed


class DistributionPermissionError(PermissionDenied):
    """The person may not do this with this page or item."""


def sync_targets(distribution: Distribution) -> None:
    """Write the rows that lists are read from: one per audience token, none after a recall."""
    distribution.targets.all().delete()
    if not distribution.is_recalled:
        page = distribution.page
        DistributionTarget.objects.bulk_create(
            DistributionTarget(
                distribution=distribution,
                page=page,
                section_id=page.section_id,
                token=token,
                policy=distribution.policy,
                public_at=page.public_at,
                starts_at=distribution.starts_at,
                ends_at=distribution.ends_at,
            )
            for token in distribution.audience
        )
    moments = [moment for moment in (distribution.starts_at, distribution.ends_at) if moment]
    distribution_changed.send(sender=Distribution, page_id=distribution.page_id, moments=moments)


def check_may_distribute(user: Any, page: Any) -> None:
    """Editors and above of the page's own unit distribute its pages."""
    if not has_role(user, page.unit_id, Role.EDITOR):
        raise DistributionPermissionError(
            _("You may only distribute pages of units whose editor you are.")
        )


@dataclass
class PushAction:
    """Distribute a page to an audience, or change how it is distributed.

    Work and queries do not depend on the number of receiving sites. `user=None` is the system
    (a management command).
    """

    page: Any
    audience: Sequence[str]
    policy: str
    user: Any = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    reason: str = ""
    receivers: int = field(default=0, init=False)

    def check(self) -> None:
        """Raise DistributionPermissionError or ValidationError; otherwise return."""
        if self.user is not None:
            check_may_distribute(self.user, self.page)
        if self.policy not in Policy.values:
            raise ValidationError(_("“%(policy)s” is not a policy.") % {"policy": self.policy[:30]})
        self._check_page()
        self.audience = audiences.parse_audience(self.audience)
        if not audiences.is_below(self.audience, self.page.unit) and not self._may_reach_all():
            raise DistributionPermissionError(
                _("Content can only be distributed to units below %(unit)s.")
                % {"unit": self.page.unit}
            )
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be after the start.")})
        self.receivers = audiences.count_receivers(self.audience)
        if not self.receivers:
            raise ValidationError(_("No site would receive this: the audience is empty."))

    def _may_reach_all(self) -> bool:
        return self.user is not None and self.user.is_superuser

    def _check_page(self) -> None:
        if self.page.unit_id is None or not self.page.listed:
            raise ValidationError(_("Only articles of a unit can be distributed."))
        if not self.page.live or is_over(self.page):
            raise ValidationError(_("Publish the article first; a draft cannot be distributed."))
        if is_private(self.page):
            raise ValidationError(_("The article is private and cannot be distributed."))

    def execute(self) -> Distribution:
        """Check, store and log in one transaction; returns the distribution."""
        self.check()
        try:
            with transaction.atomic():
                return self._store()
        except IntegrityError as error:
            raise ValidationError(
                _("Someone else has just distributed this article. Open it again.")
            ) from error

    def _store(self) -> Distribution:
        standing = Distribution.objects.standing().select_for_update()
        distribution = standing.filter(page_id=self.page.pk).first()
        action = "liencap.distribution.change" if distribution else "liencap.distribution.push"
        if distribution is None:
            distribution = Distribution(page=self.page, unit=self.page.unit, created_by=self.user)
        distribution.page = self.page
        distribution.policy = self.policy
        distribution.audience = list(self.audience)
        distribution.starts_at = self.starts_at
        distribution.ends_at = self.ends_at
        distribution.reason = self.reason
        distribution.save()
        sync_targets(distribution)
        data = {"policy": self.policy, "audience": list(self.audience), "sites": self.receivers}
        log(instance=self.page, action=action, user=self.user, data=data)
        return distribution


@dataclass
class RecallAction:
    """Take an item back from every site at once, and say why."""

    distribution: Distribution
    reason: str
    note: str = ""
    replacement: Any = None
    user: Any = None

    def check(self) -> None:
        """Raise DistributionPermissionError or ValidationError; otherwise return."""
        if self.user is not None:
            check_may_distribute(self.user, self.distribution.page)
        if self.reason not in RecallReason.values:
            raise ValidationError(_("“%(reason)s” is not a reason.") % {"reason": self.reason[:30]})
        if self.distribution.is_recalled:
            raise ValidationError(_("This item has already been recalled."))
        if self.replacement is not None and not self.replacement.live:
            raise ValidationError(_("The page that replaces it must be published."))

    def execute(self) -> Distribution:
        """Check, store and log in one transaction; returns the distribution."""
        with transaction.atomic():
            locked = Distribution.objects.select_for_update(of=("self",))
            self.distribution = locked.select_related("page", "unit").get(pk=self.distribution.pk)
            self.check()
            distribution = self.distribution
            distribution.recalled_at = timezone.now()
            distribution.recalled_by = self.user
            distribution.recall_reason = self.reason
            distribution.recall_note = self.note
            distribution.replacement = self.replacement
            distribution.save()
            sync_targets(distribution)
            data = {"reason": self.reason, "note": self.note}
            log(
                instance=distribution.page,
                action="liencap.distribution.recall",
                user=self.user,
                data=data,
            )
        return distribution


@dataclass
class DecideAction:
    """A receiving unit accepts an item, hides it, or returns to following the policy."""

    distribution: Distribution
    unit: AdministrativeUnit
    state: str | None
    note: str = ""
    user: Any = None

    def check(self) -> None:
        """Raise DistributionPermissionError or ValidationError; otherwise return."""
        if self.user is not None and not has_role(self.user, self.unit.pk, Role.EDITOR):
            raise DistributionPermissionError(
                _("You may only decide for units whose editor you are.")
            )
        if self.state is not None and self.state not in LocalDecision.State.values:
            raise ValidationError(_("“%(state)s” is not a decision.") % {"state": self.state[:30]})
        addressed = self.distribution.targets.filter(token__in=self.unit.tokens()).exists()
        if self.distribution.is_recalled or not addressed:
            raise ValidationError(_("This item is not addressed to your unit."))
        hiding = self.state == LocalDecision.State.HIDDEN
        if hiding and self.distribution.policy == Policy.MANDATORY:
            raise ValidationError(_("A mandatory item cannot be hidden."))

    def execute(self) -> None:
        """Check, store and log in one transaction."""
        self.check()
        with transaction.atomic():
            mine = LocalDecision.objects.filter(distribution=self.distribution, unit=self.unit)
            if self.state is None:
                mine.delete()
            else:
                values = {"state": self.state, "note": self.note, "decided_by": self.user}
                LocalDecision.objects.update_or_create(
                    distribution=self.distribution, unit=self.unit, defaults=values
                )
            distribution_changed.send(
                sender=Distribution, page_id=self.distribution.page_id, moments=[]
            )
            log(
                instance=self.distribution.page,
                action="liencap.distribution.decide",
                user=self.user,
                data={"unit": self.unit.code, "state": self.state or "follow"},
            )
