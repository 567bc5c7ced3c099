"""Administrative procedures: what to bring, how long it takes, what it costs, where to go."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.articles.body import BodyPage
from cms.basepage.money import in_dong
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from cms.listings.computed import ComputedText
from cms.vocabularies.lookup import term
from cms.vocabularies.models import Field
from search.index.facts import AnswerCard, Facts
from search.text import fold, sort_key
from sites.units.models import Tier

# The page of one procedure on the national service portal.
NATIONAL_PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html"
# "1.004884", or with the suffix of the authority: "1.004884.000.00.00.H23".
NATIONAL_CODE = re.compile(r"\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")


class ProcedurePage(BodyPage):
    """One procedure at one level of government. The body holds the steps."""

    class Online(models.TextChoices):
        """How far a procedure can be done online (Decree 42/2022/NĐ-CP)."""

        NO = "", _("not online")
        PART = "part", _("partly online")
        FULL = "full", _("fully online")

    class TimeUnit(models.TextChoices):
        WORKING_DAYS = "working_days", _("working days")
        DAYS = "days", _("days")
        HOURS = "hours", _("working hours")

    code = models.CharField(
        _("national code"),
        max_length=30,
        blank=True,
        help_text=_("As in the national database of procedures, for example 1.004884."),
    )
    level = models.CharField(_("level"), max_length=8, choices=Tier.choices)
    field = models.ForeignKey(
        Field, models.PROTECT, related_name="+", verbose_name=_("field of administration")
    )
    who = models.TextField(_("who may apply"), max_length=600, blank=True)
    sets = models.PositiveSmallIntegerField(_("number of sets"), default=1)
    time_value = models.PositiveSmallIntegerField(_("processing time"), null=True, blank=True)
    time_unit = models.CharField(
        _("unit of time"), max_length=12, choices=TimeUnit.choices, default=TimeUnit.WORKING_DAYS
    )
    time_note = models.CharField(
        _("about the time"),
        max_length=300,
        blank=True,
        help_text=_("For example: at once; the next working day if received after 15:00."),
    )
    place = models.CharField(_("where"), max_length=300, blank=True)
    hours = models.CharField(_("reception hours"), max_length=200, blank=True)
    at_counter = models.BooleanField(_("at the counter"), default=True)
    by_post = models.BooleanField(_("by public post"), default=False)
    online = models.CharField(_("online"), max_length=4, choices=Online.choices, blank=True)
    result = models.TextField(_("result"), max_length=600, blank=True)
    legal_basis = models.TextField(
        _("legal basis"),
        blank=True,
        help_text=_("One document a line; documents on the portal are linked by their number."),
    )
    is_popular = models.BooleanField(_("among the most used"), default=False)
    sort_text = ComputedText(default="", editable=False)
    folded = ComputedText(default="", editable=False)

    searched_fields = ("who", "result")
    template = "themes/procedure.html"
    section_template = "themes/procedures.html"
    page_description = _("An administrative procedure: papers, time, fee, place.")
    search_fields = [*BodyPage.search_fields, index.SearchField("code")]

    edit_handler = page_tabs(
        translated={
            "summary": _("Summary"),
            "who": _("Who may apply"),
            "body": _("Steps"),
            "time_note": _("About the time"),
            "place": _("Where"),
            "hours": _("Reception hours"),
            "result": _("Result"),
        },
        shared=[
            FieldRowPanel([FieldPanel("code"), FieldPanel("level"), FieldPanel("field")]),
            FieldRowPanel([FieldPanel("time_value"), FieldPanel("time_unit"), FieldPanel("sets")]),
            MultiFieldPanel(
                [FieldPanel("at_counter"), FieldPanel("by_post"), FieldPanel("online")],
                heading=_("How to apply"),
            ),
            InlinePanel("papers", heading=_("Papers to bring"), label=_("Paper")),
            InlinePanel("fees", heading=_("Fees and charges"), label=_("Fee")),
            FieldPanel("legal_basis"),
            FieldPanel("is_popular"),
            FieldPanel("tags"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("administrative procedure")
        verbose_name_plural = _("administrative procedures")

    # --------------------------------------------------------------------------- written values

    def compute_sort_text(self) -> str:
        """The order of the Vietnamese alphabet."""
        return sort_key(self.title)

    def compute_folded(self) -> str:
        """Code and title as people type them without accents, for the box of the list."""
        return f"{self.code} {fold(self.title)}"

    def clean(self) -> None:
        """A code that is none would lead to nothing on the national portal."""
        super().clean()
        if self.code and not NATIONAL_CODE.fullmatch(self.code):
            message = _("A national code looks like 1.004884 or 1.004884.000.00.00.H23.")
            raise ValidationError({"code": message})

    # ------------------------------------------------------------------------------- in words

    @property
    def field_name(self) -> str:
        """The name of the field."""
        found = term(Field, self.field_id)
        return found.name if found else ""

    @property
    def national_address(self) -> str:
        """The procedure on the national service portal; "" without a code."""
        if not NATIONAL_CODE.fullmatch(self.code):
            return ""
        code = ".".join(self.code.split(".")[:2])
        return f"{NATIONAL_PORTAL}?{urlencode({'ma_thu_tuc': code})}"

    @property
    def time(self) -> str:
        """ "3 working days", or what is said about the time instead."""
        if not self.time_value:
            return self.time_note or ""
        count = self.time_value
        if self.time_unit == self.TimeUnit.HOURS:
            return ngettext("%(n)d working hour", "%(n)d working hours", count) % {"n": count}
        if self.time_unit == self.TimeUnit.DAYS:
            return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
        return ngettext("%(n)d working day", "%(n)d working days", count) % {"n": count}

    @property
    def ways(self) -> list[str]:
        """The ways to apply, in words."""
        online = {
            self.Online.FULL: gettext("Online, from beginning to end"),
            self.Online.PART: gettext("Online in part"),
        }.get(self.Online(self.online))
        ways = [
            self.at_counter and gettext("At the one-stop counter"),
            online,
            self.by_post and gettext("By public post"),
        ]
        return [way for way in ways if way]

    @property
    def basis_lines(self) -> list[str]:
        """The legal basis, one document an entry."""
        return [line.strip() for line in self.legal_basis.splitlines() if line.strip()]

    @property
    def fee(self) -> str:
        """All fees in one line; "" when nobody has said anything about them."""
        return "; ".join(str(fee) for fee in self.fees.all())

    # ----------------------------------------------------------------------- search and sharing

    def search_body(self, language: str) -> str:
        """Also the papers, the legal basis and the field."""
        names = [paper.name_in(language) for paper in self.papers.all()]
        lines = [self.code, super().search_body(language), *names, self.legal_basis]
        return "\n".join(line for line in lines if line)

    def search_facts(self) -> Facts:
        """The field; the national code counts as a word of the text."""
        return Facts(field=self.field_name)

    def answer(self) -> AnswerCard | None:
        """Time, fee, where."""
        rows = [
            (gettext("Processing time"), self.time),
            (gettext("Fees and charges"), self.fee),
            (gettext("Where"), self.place),
            (gettext("Reception hours"), self.hours),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled) if filled else None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org GovernmentService."""
        channels = [address, self.national_address]
        found: dict[str, Any] = {
            "@type": "GovernmentService",
            "name": self.display_title,
            "description": self.summary,
            "identifier": self.code,
            "serviceType": self.field_name,
            "url": address,
            "provider": self.unit and {"@type": "GovernmentOrganization", "name": self.unit.name},
            "availableChannel": [
                {"@type": "ServiceChannel", "serviceUrl": url} for url in channels if url
            ],
        }
        return [stated(found)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add papers and fees."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["papers"] = list(self.papers.select_related("form"))
        context["fees"] = list(self.fees.all())
        return context

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: Any) -> dict[str, Any]:
        """The filtered list."""
        from .listing import ProcedureList

        return {"listing": ProcedureList.for_request(request, section_page)}


class ProcedurePaper(Orderable):
    """One paper of the dossier."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(_("name of the paper"), max_length=500)
    originals = models.PositiveSmallIntegerField(_("originals"), default=1)
    copies = models.PositiveSmallIntegerField(_("copies"), default=0)
    form = models.ForeignKey(
        "media.PortalDocument",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("form to fill in"),
    )

    panels = [
        FieldPanel("name_vi"),
        FieldPanel("name_en"),
        FieldRowPanel([FieldPanel("originals"), FieldPanel("copies")]),
        FieldPanel("form"),
    ]

    def name_in(self, language: str) -> str:
        """The name in exactly one language, or an empty text."""
        return getattr(self, f"name_{language}", "") or ""


class ProcedureFee(Orderable):
    """One fee or charge; an amount of zero means free of charge."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="fees")
    name = models.CharField(_("what for"), max_length=200, blank=True)
    amount = models.PositiveBigIntegerField(_("amount in VND"), null=True, blank=True)
    note = models.CharField(_("in words, where there is no one amount"), max_length=300, blank=True)

    panels = [
        FieldPanel("name_vi"),
        FieldPanel("name_en"),
        FieldPanel("amount"),
        FieldPanel("note_vi"),
        FieldPanel("note_en"),
    ]

    def __str__(self) -> str:
        return ": ".join(part for part in (self.name, self.price) if part)

    @property
    def price(self) -> str:
        """ "50.000 đồng", "Free of charge", or the words."""
        if self.amount is None:
            return self.note or ""
        if self.amount == 0:
            return gettext("Free of charge")
        return in_dong(self.amount)

    def clean(self) -> None:
        """An amount or words."""
        super().clean()
        if self.amount is None and not self.note:
            raise ValidationError({"amount": _("Write the amount, or say it in words.")})
