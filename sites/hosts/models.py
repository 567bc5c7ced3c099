"""Further hosts of a site, and the token that tells processes when the map of hosts changed."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class HostAlias(models.Model):
    """Another host of a site: an old name, `www.`, a former unit. It answers with a redirect."""

    hostname = models.CharField(_("host"), max_length=255, unique=True)
    site = models.ForeignKey(
        "wagtailcore.Site", models.CASCADE, related_name="aliases", verbose_name=_("site")
    )

    class Meta:
        verbose_name = _("further host")
        verbose_name_plural = _("further hosts")
        ordering = ["hostname"]

    def __str__(self) -> str:
        return self.hostname

    def clean(self) -> None:
        """Refuse a host that is a site of its own."""
        from wagtail.models import Site

        self.hostname = self.hostname.lower()
        if Site.objects.filter(hostname=self.hostname).exists():
            raise ValidationError({"hostname": _("This host already belongs to a site.")})


class HostMapVersion(models.Model):
    """Two rows: the version of the map of hosts (1), and of the frames of sites (2, versions.py).

    A token changes in the transaction that changes what it stands for.
    """

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.token)
