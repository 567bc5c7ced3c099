"""People and what they may do for which unit."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who works on the editors' side."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]

    def get_full_name(self) -> str:
        """Family name first, as Vietnamese names are written."""
        return f"{self.last_name} {self.first_name}".strip()


class Role(models.TextChoices):
    """The roles of an editorial board; each holds everything that the ones before it hold."""

    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    APPROVER = "approver", _("Approver")
    ADMINISTRATOR = "administrator", _("Portal administrator")


class Membership(models.Model):
    """One person's role for one unit. All permissions are computed from these rows."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("administrative unit"),
    )
    role = models.CharField(_("role"), max_length=13, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["unit__code", "user__username"]
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.unit}"
