"""What the law wants to be disclosed: the groups, as data, and each disclosed item."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.models import Orderable

from cms.articles.body import BodyPage
from cms.basepage.money import in_dong
from cms.basepage.panels import page_tabs
from cms.media.attached import AttachedFile
from cms.workdays import working_day_after
from search.index.facts import Facts
from sites.units.models import Tier

from .personal import identity_numbers, phone_numbers

# Law 10/2022/QH15, article 14: at least 30 days at the office.
SHORTEST_POSTING = datetime.timedelta(days=30)
# Lists of persons leave the site by themselves; an editor may choose another day.
PERSONAL_DAYS = 90


class DisclosureGroup(models.Model):
    """One group of information that units of some tiers must disclose; data, as laws change."""

    class Period(models.TextChoices):
        NONE = "none", _("whenever there is something")
        QUARTER = "quarter", _("every quarter")
        YEAR = "year", _("every year")

    code = models.SlugField(_("code"), max_length=50, unique=True)
    number = models.PositiveSmallIntegerField(_("number in the law"))
    name = models.CharField(_("name"), max_length=250)
    law = models.CharField(_("legal basis"), max_length=200)
    tiers = ArrayField(
        models.CharField(max_length=8, choices=Tier.choices), verbose_name=_("levels of government")
    )
    period = models.CharField(
        _("how often"), max_length=7, choices=Period.choices, default=Period.NONE
    )
    days = models.PositiveSmallIntegerField(_("working days until it must be disclosed"), default=5)
    is_personal = models.BooleanField(
        _("names persons"),
        default=False,
        help_text=_("Items are kept from search engines and leave the site by themselves."),
    )

    class Meta:
        verbose_name = _("group of disclosure")
        verbose_name_plural = _("groups of disclosure")
        ordering = ["number", "code"]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class DisclosurePage(BodyPage):
    """One disclosed item: what, where and how long it is posted, who decided it."""

    group = models.ForeignKey(
        DisclosureGroup, models.PROTECT, related_name="+", verbose_name=_("group")
    )
    period_year = models.PositiveSmallIntegerField(
        _("year that it is about"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1945), MaxValueValidator(2200)],
    )
    period_quarter = models.PositiveSmallIntegerField(
        _("quarter"),
        null=True,
        blank=True,
        choices=[(1, "I"), (2, "II"), (3, "III"), (4, "IV")],
        help_text=_("Empty for a whole year."),
    )
    known_on = models.DateField(
        _("decided or created on"),
        null=True,
        blank=True,
        help_text=_("From this day the working days until disclosure are counted."),
    )
    decided_by = models.CharField(
        _("decided by"), max_length=200, blank=True, help_text=_("Body and number of the decision.")
    )
    on_board = models.BooleanField(_("posted at the office"), default=False)
    on_loudspeaker = models.BooleanField(_("by loudspeaker"), default=False)
    at_meeting = models.BooleanField(_("at meetings of residents"), default=False)
    through_villages = models.BooleanField(_("through heads of villages"), default=False)
    place = models.CharField(_("where it is posted"), max_length=300, blank=True)
    posted_from = models.DateField(_("posted from"), null=True, blank=True)
    posted_until = models.DateField(_("posted until"), null=True, blank=True)
    personal_data_checked = models.BooleanField(
        _("I have checked that every personal detail must be public"), default=False
    )

    expire_at: datetime.datetime | None
    searched_fields = ("place",)
    template = "themes/disclosure.html"
    section_template = "themes/disclosures.html"
    page_description = _("Information that the law requires to be disclosed.")

    edit_handler = page_tabs(
        translated={"summary": _("Summary"), "body": _("Body"), "place": _("Where it is posted")},
        shared=[
            FieldPanel("group"),
            FieldRowPanel([FieldPanel("period_year"), FieldPanel("period_quarter")]),
            FieldRowPanel([FieldPanel("known_on"), FieldPanel("decided_by")]),
            MultiFieldPanel(
                [
                    HelpPanel(_("On this site always; besides:")),
                    FieldPanel("on_board"),
                    FieldPanel("on_loudspeaker"),
                    FieldPanel("at_meeting"),
                    FieldPanel("through_villages"),
                    FieldRowPanel([FieldPanel("posted_from"), FieldPanel("posted_until")]),
                ],
                heading=_("Form of disclosure"),
            ),
            InlinePanel("amounts", heading=_("Amounts"), label=_("Amount")),
            InlinePanel("files", heading=_("Files"), label=_("File")),
            FieldPanel("personal_data_checked"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("disclosed item")
        verbose_name_plural = _("disclosed items")

    # --------------------------------------------------------------------------------- checks

    def clean(self) -> None:
        """Posting of 30 days at least; an end and a look at personal data where persons stand."""
        super().clean()
        self._check_posting()
        if self.group_id is None:
            return
        self._check_personal_data()
        if self.group.is_personal and self.expire_at is None:
            self.expire_at = self._end_of_personal_data()

    def _check_posting(self) -> None:
        if not (self.posted_from and self.posted_until):
            return
        if self.posted_until < self.posted_from:
            raise ValidationError({"posted_until": _("It would end before it begins.")})
        if self.on_board and self.posted_until - self.posted_from < SHORTEST_POSTING:
            message = _("At the office it must be posted for at least 30 days.")
            raise ValidationError({"posted_until": message})

    def _check_personal_data(self) -> None:
        if self.personal_data_checked:
            return
        text = "\n".join([self.title, self.summary or "", self.search_body("vi")])
        found = identity_numbers(text)
        if self.group.is_personal:
            found += phone_numbers(text)
        if found:
            message = _(
                "The text holds numbers that identify persons (%(numbers)s). Take them out, or"
                " confirm that they must be public."
            )
            numbers = ", ".join(found[:3])
            raise ValidationError({"personal_data_checked": message % {"numbers": numbers}})

    def _end_of_personal_data(self) -> datetime.datetime:
        first = max(self.posted_from or timezone.localdate(), timezone.localdate())
        last = self.posted_until or first + datetime.timedelta(days=PERSONAL_DAYS)
        after = last + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(after, datetime.time()))

    # ------------------------------------------------------------------------------- in words

    @property
    def due_on(self) -> datetime.date | None:
        """The last day on which it had to be disclosed; None when it is not known."""
        return working_day_after(self.known_on, self.group.days) if self.known_on else None

    @property
    def period(self) -> str:
        """ "Quarter II/2025", "2025", or an empty text."""
        if not self.period_year:
            return ""
        if not self.period_quarter:
            return str(self.period_year)
        quarter = self.get_period_quarter_display()
        return gettext("Quarter %(quarter)s/%(year)s") % {
            "quarter": quarter,
            "year": self.period_year,
        }

    @property
    def forms(self) -> list[str]:
        """Where and how it is disclosed, in words; this site always."""
        named = [
            (True, gettext("On this site")),
            (self.on_board, gettext("Posted at the office")),
            (self.on_loudspeaker, gettext("By loudspeaker")),
            (self.at_meeting, gettext("At meetings of residents")),
            (self.through_villages, gettext("Through heads of villages")),
        ]
        return [name for is_used, name in named if is_used]

    @property
    def is_personal(self) -> bool:
        """Whether search engines are asked to leave it out."""
        return self.group.is_personal

    # ----------------------------------------------------------------------- search and sharing

    def search_facts(self) -> Facts:
        """Its group."""
        return Facts(kind=self.group.name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add files and amounts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["files"] = list(self.files.select_related("document"))
        context["amounts"] = list(self.amounts.all())
        return context

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: Any) -> dict[str, Any]:
        """The list of what must be disclosed, with what is there."""
        from .listing import DisclosureList

        return {"listing": DisclosureList.for_request(request, section_page)}


class DisclosureFile(AttachedFile):
    """A file of a disclosed item."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="files")


class DisclosureAmount(Orderable):
    """One sum of money, in đồng."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="amounts")
    name = models.CharField(_("what for"), max_length=200)
    amount = models.BigIntegerField(_("amount in VND"))

    panels = [FieldPanel("name"), FieldPanel("amount")]

    @property
    def in_words(self) -> str:
        """ "1.250.000.000 đồng"."""
        return in_dong(self.amount)
