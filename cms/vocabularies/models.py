"""Words that documents, procedures and questions are filed under; data of the portal office."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """One entry of a vocabulary. Its code stands in addresses and never changes."""

    code = models.SlugField(
        _("code"),
        max_length=50,
        unique=True,
        help_text=_("Stands in addresses; letters without accents, digits and hyphens."),
    )
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=500)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Field(Term):
    """A field of administration (lĩnh vực), shared by documents, procedures and questions."""

    class Meta(Term.Meta):
        verbose_name = _("field of administration")
        verbose_name_plural = _("fields of administration")


class DocumentKind(Term):
    """A kind of document: normative ones, and those of Decree 30/2020/NĐ-CP, article 7."""

    class Group(models.TextChoices):
        LEGAL = "legal", _("Legal normative document")
        ADMINISTRATIVE = "administrative", _("Administrative document")

    abbreviation = models.CharField(_("abbreviation"), max_length=10, blank=True)
    group = models.CharField(_("group"), max_length=14, choices=Group.choices)

    class Meta(Term.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")


class Issuer(Term):
    """A body that issues documents.

    A local body exists once in every unit: its name is completed by the unit's
    ("People's Committee" of Thanh Hà District).
    """

    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    is_local = models.BooleanField(
        _("a body of each unit"),
        default=False,
        help_text=_("The name of the page’s unit is added to the name of the body."),
    )

    class Meta(Term.Meta):
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
