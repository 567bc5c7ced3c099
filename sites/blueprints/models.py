"""What a site of each tier consists of, as data that the portal office edits."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.units.models import Tier


class Section(models.Model):
    """A heading under which sites of all tiers file their pages (chuyên mục).

    A section is shared by every site, so that an item keeps its meaning when it travels.
    """

    code = models.SlugField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    page_types = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("page types"),
        default=list,
        blank=True,
        help_text=_("The first decides how the section looks; none means that it takes all."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Blueprint(models.Model):
    """The plan from which `provision` makes the sites of one tier (khung cổng mẫu)."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    tier = models.CharField(_("tier"), max_length=8, choices=Tier.choices)
    is_default = models.BooleanField(_("default for its tier"), default=False)
    theme = models.CharField(_("theme"), max_length=30, default="quoc-gia")
    sections = models.ManyToManyField(Section, through="BlueprintSection")

    class Meta:
        verbose_name = _("site blueprint")
        verbose_name_plural = _("site blueprints")
        ordering = ["tier", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tier"], condition=models.Q(is_default=True), name="blueprint_one_default"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BlueprintSection(models.Model):
    """One section of a blueprint: where it stands and whether the law wants it."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="entries")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    in_menu = models.BooleanField(_("in the main menu"), default=True)
    on_home = models.BooleanField(_("on the home page"), default=False)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("section of a blueprint")
        verbose_name_plural = _("sections of blueprints")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "section"], name="blueprint_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.blueprint}: {self.section}"


class SectionMapping(models.Model):
    """Under which section a site files an item that comes from a section it does not have."""

    source = models.ForeignKey(
        Section, models.CASCADE, related_name="+", verbose_name=_("section of the origin")
    )
    target = models.ForeignKey(
        Section, models.CASCADE, related_name="+", verbose_name=_("section of the receiver")
    )
    tier = models.CharField(_("tier of the receiver"), max_length=8, choices=Tier.choices)

    class Meta:
        verbose_name = _("section mapping")
        verbose_name_plural = _("section mappings")
        constraints = [
            models.UniqueConstraint(fields=["tier", "source"], name="mapping_once_per_tier")
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target} ({self.get_tier_display()})"
