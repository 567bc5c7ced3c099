"""Planned outages of sites, announced as Decree 224/2026, Art. 13 asks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlannedOutage(models.Model):
    """A time in which a unit's site, or those of all units below it too, will not answer."""

    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.CASCADE,
        related_name="outages",
        verbose_name=_("administrative unit"),
    )
    covers_below = models.BooleanField(_("also the sites of all units below"), default=False)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(
        _("expected back"), help_text=_("When readers can count on the site again.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("As readers see it, for example: maintenance of the servers."),
    )
    contact = models.CharField(
        _("contact meanwhile"),
        max_length=200,
        help_text=_("Telephone or address where people are helped during the outage."),
    )
    is_sudden = models.BooleanField(
        _("sudden"), default=False, help_text=_("Announced later than the law asks.")
    )
    sudden_reason = models.CharField(
        _("why it could not be announced in time"), max_length=300, blank=True
    )
    announced_at = models.DateTimeField(_("announced"), default=timezone.now, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("planned outage")
        verbose_name_plural = _("planned outages")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="outage_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        start = timezone.localtime(self.starts_at)
        return f"{self.unit}: {start:%H:%M %d/%m/%Y}"
