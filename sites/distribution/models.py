"""A page stored once and shown by rule on the sites of other units."""

from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PAGE_MODEL = settings.WAGTAIL_PAGE_MODEL


class Policy(models.TextChoices):
    """How far the receiving unit may decide."""

    MANDATORY = "mandatory", _("Mandatory")
    RECOMMENDED = "recommended", _("Recommended")
    LIBRARY = "library", _("Shared library")


class RecallReason(models.TextChoices):
    """Why an item was taken back; after the unpublishing reasons of GOV.UK."""

    ERROR = "error", _("Published in error")
    SUPERSEDED = "superseded", _("Superseded by newer content")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DistributionQuerySet(models.QuerySet["Distribution"]):
    """Vocabulary for the states of a distribution."""

    def standing(self) -> Self:
        """Not recalled; its period may be still to come or over."""
        return self.filter(recalled_at=None)

    def in_force(self, at: datetime.datetime | None = None) -> Self:
        """Not recalled, and inside its period."""
        at = at or timezone.now()
        return self.standing().filter(
            Q(starts_at=None) | Q(starts_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at)
        )


class Distribution(models.Model):
    """One page, pushed by its unit to an audience under a policy. Its size does not depend on
    the number of receiving sites: they are computed from the audience tokens when they read."""

    page = models.ForeignKey(
        PAGE_MODEL, models.CASCADE, related_name="distributions", verbose_name=_("page")
    )
    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.PROTECT,
        related_name="distributions",
        verbose_name=_("distributing unit"),
    )
    policy = models.CharField(_("policy"), max_length=11, choices=Policy.choices)
    audience = ArrayField(models.CharField(max_length=60), verbose_name=_("audience"))
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    recalled_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    recall_reason = models.CharField(
        _("reason of the recall"), max_length=10, choices=RecallReason.choices, blank=True
    )
    recall_note = models.CharField(_("explanation"), max_length=300, blank=True)
    replacement = models.ForeignKey(
        PAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page that replaces it"),
    )

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(recalled_at=None), name="distribution_one_per_page"
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="distribution_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} → {', '.join(self.audience)}"

    @property
    def is_recalled(self) -> bool:
        """Whether it was taken back."""
        return self.recalled_at is not None

    def covers(self, at: datetime.datetime | None = None) -> bool:
        """Whether a moment (default: now) lies in the period."""
        at = at or timezone.now()
        started = self.starts_at is None or self.starts_at <= at
        return started and (self.ends_at is None or self.ends_at > at)


class DistributionTarget(models.Model):
    """One audience token of a standing distribution, with what lists are filtered and sorted by.

    Reading is one index probe per token: `(token, public_at desc)`, or with the section. The
    columns that repeat the page and the distribution are kept by `actions.sync_targets`.
    """

    distribution = models.ForeignKey(Distribution, models.CASCADE, related_name="targets")
    page = models.ForeignKey(PAGE_MODEL, models.CASCADE, related_name="+")
    section = models.ForeignKey("blueprints.Section", models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=60)
    policy = models.CharField(max_length=11, choices=Policy.choices)
    public_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["token", "-public_at"],
                name="target_token",
                condition=~Q(policy=Policy.LIBRARY),
            ),
            models.Index(
                fields=["token", "section", "-public_at"],
                name="target_token_section",
                condition=~Q(policy=Policy.LIBRARY),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["distribution", "token"], name="target_once")
        ]

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.token}"


class LocalDecision(models.Model):
    """What a receiving unit decided about one item. No row means: follow the policy."""

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        HIDDEN = "hidden", _("Hidden")

    distribution = models.ForeignKey(Distribution, models.CASCADE, related_name="decisions")
    unit = models.ForeignKey(
        "units.AdministrativeUnit", models.CASCADE, related_name="local_decisions"
    )
    state = models.CharField(_("decision"), max_length=8, choices=State.choices)
    note = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("local decision")
        verbose_name_plural = _("local decisions")
        constraints = [
            models.UniqueConstraint(fields=["distribution", "unit"], name="decision_once")
        ]
        indexes = [models.Index(fields=["unit", "state"], name="decision_unit_state")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_state_display()}"
