"""What the portal office tells the search, and what it learns from it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """What a portal office tells the search.

    Holds for searches made on the site of `unit` and of all units below it; without a unit, in
    the whole installation.
    """

    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("administrative unit"),
    )

    class Meta:
        abstract = True


class Synonym(Entry):
    """Two ways to say the same, beside the reviewed list shipped with `search.text`.

    Holds for searches made on the site of `unit` and of all units below it; without a unit, in
    the whole installation. Entries replace shipped ones with the same short form.
    """

    class Way(models.TextChoices):
        BOTH = "both", _("Each finds the other")
        FORWARD = "forward", _("Only the first finds the second")

    short = models.CharField(
        _("what people type"),
        max_length=100,
        help_text=_("An abbreviation or an everyday word, for example “GPXD” or “sổ đỏ”."),
    )
    long = models.CharField(
        _("what pages say"),
        max_length=100,
        help_text=_("The official words, for example “giấy phép xây dựng”."),
    )
    way = models.CharField(_("direction"), max_length=7, choices=Way.choices, default=Way.BOTH)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("search synonym")
        verbose_name_plural = _("search synonyms")
        ordering = ["short"]

    def __str__(self) -> str:
        return f"{self.short} = {self.long}"


class Promotion(Entry):
    """A page that stands above the results of certain queries, marked as chosen by people.

    Holds where a `Synonym` would. The page is never shown to anyone who could not find it: the
    search reads it like every other result.
    """

    queries = models.TextField(
        _("queries"),
        max_length=2000,
        help_text=_(
            "One query per line; accents and capitals do not matter. A line that ends in * stands "
            "for every query that begins like it."
        ),
    )
    page = models.ForeignKey(
        "basepage.BasePage", models.CASCADE, related_name="+", verbose_name=_("page")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.queries.splitlines()[0] if self.queries else str(self.pk)


class OfficeVersion(models.Model):
    """One row: changes whenever any process has to load the office's entries again."""

    token = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.token)


class QueryCount(models.Model):
    """How often something was searched on a site in a month (docs/decisions/0028).

    Rows with `unit_code` "" count the whole installation. `key` is a keyed hash of the folded
    query; the query itself is stored only from its third time on, so that what few people typed
    is not kept anywhere. No address, no time of day, no person.
    """

    unit_code = models.CharField(max_length=5)
    month = models.DateField()
    key = models.BinaryField(max_length=16)
    text = models.CharField(max_length=100)
    searches = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    clicks = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("search query")
        verbose_name_plural = _("search queries")
        constraints = [
            models.UniqueConstraint(fields=["month", "unit_code", "key"], name="query_counted_once")
        ]
        indexes = [
            models.Index(
                fields=["unit_code", "month", "-searches"],
                name="query_report",
                condition=~Q(text=""),
            )
        ]

    def __str__(self) -> str:
        return self.text
