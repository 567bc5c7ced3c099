"""Administrative units as dated data: what existed when, under whom, and what became of it."""

from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.text import slugify


class Tier(models.TextChoices):
    """The levels of local government; a country may have two of them or three."""

    PROVINCE = "province", _("Province level")
    DISTRICT = "district", _("District level")
    COMMUNE = "commune", _("Commune level")


class Kind(models.TextChoices):
    """The kinds of unit that the law of Viet Nam knows or knew until 1 July 2025."""

    TINH = "tinh", _("Province")
    THANH_PHO = "thanh-pho", _("City")
    QUAN = "quan", _("Urban district")
    HUYEN = "huyen", _("Rural district")
    THI_XA = "thi-xa", _("Town")
    PHUONG = "phuong", _("Ward")
    XA = "xa", _("Commune")
    THI_TRAN = "thi-tran", _("Township")
    DAC_KHU = "dac-khu", _("Special zone")


ENGLISH_KINDS = {
    Kind.TINH: "Province",
    Kind.THANH_PHO: "City",
    Kind.QUAN: "Urban District",
    Kind.HUYEN: "District",
    Kind.THI_XA: "Town",
    Kind.PHUONG: "Ward",
    Kind.XA: "Commune",
    Kind.THI_TRAN: "Township",
    Kind.DAC_KHU: "Special Zone",
}


def today() -> datetime.date:
    """The date in Viet Nam, which decides what units there are."""
    return timezone.localdate()


class UnitQuerySet(models.QuerySet["AdministrativeUnit"]):
    """One query each; no method walks the tree row by row."""

    def active(self, on: datetime.date | None = None) -> Self:
        """Units that exist on a date (default: today)."""
        on = on or today()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        )

    def below(self, unit: AdministrativeUnit) -> Self:
        """Everything strictly below a unit, whenever it existed."""
        return self.filter(path__startswith=unit.path).exclude(pk=unit.pk)

    def marked_with_site(self) -> Self:
        """Annotate `has_site`: whether the unit has a home page."""
        with_site = AdministrativeUnit.objects.filter(pk=models.OuterRef("pk"), pages__depth=2)
        return self.annotate(has_site=models.Exists(with_site))

    def with_code(self, code: str, on: datetime.date | None = None) -> AdministrativeUnit:
        """The unit that carries a code on a date.

        With no date: the newest one that has a site, or else the newest one. An installation for
        a dissolved province thus keeps meaning its own units, though their codes live on elsewhere.
        Raises AdministrativeUnit.DoesNotExist.
        """
        if on:
            return self.active(on).get(code=code)
        newest_first = models.F("valid_to").desc(nulls_first=True)
        candidates = self.filter(code=code).marked_with_site()
        unit = candidates.order_by("-has_site", newest_first).first()
        if unit is None:
            raise AdministrativeUnit.DoesNotExist(f"No administrative unit has the code {code!r}.")
        return unit


class AdministrativeUnit(models.Model):
    """A province, district or commune with one name, kind and parent during one period.

    A code alone names a unit only together with a date: of the 3,355 codes in use since
    1 July 2025, 3,344 were carried by another unit before (docs/decisions/0002). A change of
    name, kind or parent makes a new row, linked to the old one by a `Succession`.
    """

    code = models.CharField(_("official code"), max_length=5)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    tier = models.CharField(_("tier"), max_length=8, choices=Tier.choices)
    short_name = models.CharField(_("short name"), max_length=100)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent unit"),
    )
    valid_from = models.DateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_("Empty: since before the records begin."),
    )
    valid_to = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The first day on which the unit no longer exists."),
    )
    path = models.CharField(max_length=20, editable=False, db_index=True)
    label = models.CharField(_("host label"), max_length=63, editable=False)
    host = models.CharField(_("host"), max_length=190, editable=False, db_index=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, through="Succession", related_name="predecessors"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["path"], name="unit_path", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["tier", "code"], name="unit_tier_code"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="unit_code_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="unit_code_current"
            ),
            models.UniqueConstraint(
                fields=["host"], condition=Q(valid_to=None), name="unit_host_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gt=models.F("valid_from")),
                name="unit_period_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the path, and choose a host label once; a host never changes silently."""
        self.path = unit_path(self.parent, self.code)
        if not self.label:
            from .hostnames import assign_hosts

            assign_hosts([self])
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def lower_name(self) -> str:
        """The name inside a sentence: "xã Thanh Sơn"."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def english_name(self) -> str:
        """`Thanh Son Commune`: the name without marks, as English texts of the State write it."""
        plain = slugify(self.short_name).replace("-", " ").title()
        return f"{plain} {ENGLISH_KINDS[Kind(self.kind)]}"

    @property
    def hostname(self) -> str:
        """The host that residents type, without scheme and port."""
        return f"{self.host}.{settings.PORTAL_DOMAIN}"

    def is_active(self, on: datetime.date | None = None) -> bool:
        """Whether the unit exists on a date (default: today)."""
        on = on or today()
        started = self.valid_from is None or self.valid_from <= on
        return started and (self.valid_to is None or self.valid_to > on)

    @property
    def reference_date(self) -> datetime.date:
        """The date at which the unit's surroundings are looked at.

        Today, or for a dissolved unit its last day: its portal goes on showing the tree in which
        it stood.
        """
        if self.valid_to and self.valid_to <= today():
            return self.valid_to - datetime.timedelta(days=1)
        return today()

    @property
    def ancestor_codes(self) -> list[str]:
        """Codes from the province down to the parent."""
        return [code for code in self.path.split("/") if code][:-1]

    def ancestors(self, on: datetime.date | None = None) -> UnitQuerySet:
        """The units above this one, the province first."""
        found = AdministrativeUnit.objects.filter(code__in=self.ancestor_codes)
        return found.active(on or self.reference_date).order_by("path")

    def descendants(self, on: datetime.date | None = None) -> UnitQuerySet:
        """The units below this one that exist on a date, in the order of the tree."""
        below = AdministrativeUnit.objects.below(self).active(on or self.reference_date)
        return below.order_by("path")

    def tokens(self) -> list[str]:
        """The audience tokens that this unit answers to (docs/decisions/0003)."""
        return tokens_of(self.path, self.tier)


def tokens_of(path: str, tier: str) -> list[str]:
    """The audience tokens of the unit with a path and a tier."""
    *above, code = path.rstrip("/").split("/")
    below = [f"under:{ancestor}" for ancestor in above]
    return ["all", f"unit:{code}", *below, *(f"{token}:{tier}" for token in below)]


def unit_path(parent: AdministrativeUnit | None, code: str) -> str:
    """The codes from the province to a unit, each followed by a slash: `30/294/10813/`."""
    return f"{parent.path if parent else ''}{code}/"


class Succession(models.Model):
    """What a unit became: wholly part of one successor, or divided among several."""

    class Extent(models.TextChoices):
        WHOLE = "whole", _("whole")
        PART = "part", _("part")

    old = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="successions")
    new = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="origins")
    extent = models.CharField(max_length=5, choices=Extent.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new} ({self.extent})"
