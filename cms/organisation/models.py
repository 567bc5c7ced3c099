"""Offices and officials: who is responsible for what, and how to reach them.

Required of every province and commune by Decree 224/2026/NĐ-CP, Article 9(1)(b, c): the chart of
the organisation, functions and duties, and of each leader a short biography and the duties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from search.index.facts import AnswerCard

from .forms import with_own_offices

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

YEARS = [MinValueValidator(1945), MaxValueValidator(2100)]


class OfficePage(BodyPage):
    """A body or office of a unit, and under which other one it stands. The body says its duties."""

    parent_office = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offices_below",
        verbose_name=_("stands under"),
        help_text=_("Empty: at the top of the chart."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first.")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("opening hours"), max_length=300, blank=True)

    searched_fields = ("address", "hours")
    template = "themes/office.html"
    section_template = "themes/organisation.html"
    page_description = _("A body or office: its place in the chart, its duties, its address.")

    edit_handler = with_own_offices(
        page_tabs(
            translated={
                "summary": _("Summary"),
                "address": _("Address"),
                "hours": _("Opening hours"),
                "body": _("Functions and duties"),
            },
            shared=[
                PageChooserPanel("parent_office", "organisation.OfficePage"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("order")]),
            ],
        )
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def clean(self) -> None:
        """An office does not stand under itself."""
        super().clean()
        parent = self.parent_office
        if parent is None:
            return
        if self.pk and stands_under(parent, self.pk):
            message = _("An office cannot stand under itself or under one of its own offices.")
            raise ValidationError({"parent_office": message})

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """The leaders, the chart and further articles of the section."""
        from .chart import section_chart

        return section_chart(request, section_page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the people of the office and the offices below it."""
        from .chart import office_context

        return super().get_context(request, *args, **kwargs) | office_context(self)

    def answer(self) -> AnswerCard | None:
        """Address, telephone and hours."""
        rows = [
            (_now("Address"), self.address),
            (_now("Telephone"), self.phone),
            (_now("E-mail"), self.email),
            (_now("Opening hours"), self.hours),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled) if filled else None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A GovernmentOrganization."""
        data = {
            "@type": "GovernmentOrganization",
            "name": self.display_title,
            "url": address,
            "telephone": self.phone,
            "email": self.email,
            "address": self.address,
            "description": self.summary,
        }
        found = stated(data)
        if self.unit:
            found["parentOrganization"] = {
                "@type": "GovernmentOrganization", "name": self.unit.name,
            }  # fmt: skip
        return [found]


def stands_under(office: OfficePage, key: int) -> bool:
    """Whether an office is, or stands somewhere below, the office with a key. One query."""
    pairs = OfficePage.objects.filter(unit_id=office.unit_id)
    parents = dict(pairs.order_by().values_list("pk", "parent_office_id"))
    seen: set[int] = set()
    current: int | None = office.pk
    while current is not None and current not in seen:
        if current == key:
            return True
        seen.add(current)
        current = parents.get(current)
    return False


class OfficialPage(BodyPage):
    """A person in an office: position, rank, duties, biography. The title is the name.

    A post without a named person carries its position as the title. `body` is the biography.
    """

    position = models.CharField(_("position"), max_length=200)
    office = models.ForeignKey(
        OfficePage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name=_("office"),
        help_text=_("Empty: a leader of the whole unit."),
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=100, help_text=_("Smaller numbers come first.")
    )
    duties = models.TextField(
        _("duties assigned"), max_length=4000, blank=True, help_text=_("One duty a line.")
    )
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    reception = models.CharField(_("receives citizens"), max_length=300, blank=True)
    term_from = models.PositiveSmallIntegerField(
        _("term from"), null=True, blank=True, validators=YEARS
    )
    term_to = models.PositiveSmallIntegerField(
        _("term until"), null=True, blank=True, validators=YEARS
    )

    searched_fields = ("position", "duties", "reception")
    template = "themes/official.html"
    page_description = _("A leader or official: position, duties, biography, contact.")

    edit_handler = with_own_offices(
        page_tabs(
            translated={
                "position": _("Position"),
                "duties": _("Duties assigned (one a line)"),
                "reception": _("Receives citizens"),
                "summary": _("Summary"),
                "body": _("Short biography"),
            },
            shared=[
                FieldPanel("image", heading=_("Portrait")),
                PageChooserPanel("office", "organisation.OfficePage"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("rank"), FieldPanel("term_from"), FieldPanel("term_to")]),
            ],
        )
    )

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    def clean(self) -> None:
        """A term ends after it began."""
        super().clean()
        if self.term_from and self.term_to and self.term_to < self.term_from:
            raise ValidationError({"term_to": _("The term ends before it begins.")})

    @property
    def is_named(self) -> bool:
        """Whether the title is a person's name, not the post itself."""
        return self.title != self.position_vi  # type: ignore[attr-defined]

    @property
    def monogram(self) -> str:
        """One or two letters that stand for a portrait: of the family and the given name."""
        words = [word for word in self.title.split() if word[:1].isalpha()]
        if not words:
            return "•"
        return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else words[0][0].upper()

    @property
    def duty_lines(self) -> list[str]:
        """The duties without blank lines and list marks."""
        lines = (line.strip().lstrip("-–•+*").strip() for line in (self.duties or "").splitlines())
        return [line for line in lines if line]

    @property
    def term(self) -> str:
        """`2021–2026`, or what of it is known."""
        if self.term_from and self.term_to:
            return f"{self.term_from}–{self.term_to}"
        return str(self.term_from or self.term_to or "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the office where this site shows it."""
        from .chart import official_context

        return super().get_context(request, *args, **kwargs) | official_context(self)

    def answer(self) -> AnswerCard | None:
        """Who holds the post, and how to reach the person."""
        rows = [
            (_now("Position"), self.position if self.is_named else ""),
            (_now("Telephone"), self.phone),
            (_now("E-mail"), self.email),
            (_now("Receives citizens"), self.reception),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled) if filled else None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A Person; nothing for a post without a name."""
        if not self.is_named:
            return []
        data = {
            "@type": "Person",
            "name": self.display_title,
            "jobTitle": self.position,
            "url": address,
            "telephone": self.phone,
            "email": self.email,
        }
        found = stated(data)
        works_for = self.office.display_title if self.office else self.unit and self.unit.name
        if works_for:
            found["worksFor"] = {"@type": "GovernmentOrganization", "name": works_for}
        return [found]
