"""Notices: announcements, warnings, bids, auctions, recruitment, land-use plans, interruptions."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from cms.media.attached import AttachedFile
from search.index.facts import AnswerCard, Facts

# An urgent notice stands above everything on every page; nothing stays urgent for long.
LONGEST_URGENCY = datetime.timedelta(days=14)


class NoticeKind(models.TextChoices):
    """What a notice is about; the values stand in addresses."""

    ANNOUNCEMENT = "thong-bao", _("Announcement")
    WARNING = "canh-bao", _("Warning")
    INTERRUPTION = "tam-ngung", _("Planned interruption of power or water")
    BID = "moi-thau", _("Invitation to bid")
    AUCTION = "dau-gia", _("Auction")
    RECRUITMENT = "tuyen-dung", _("Recruitment")
    LAND_PLAN = "ke-hoach-dat", _("Land-use plan")


# How many days after its deadline a notice without an expiry of its own leaves the site. Bids,
# auctions and land-use plans are records; they stay.
DAYS_AFTER_DEADLINE = {
    NoticeKind.WARNING: 7,
    NoticeKind.INTERRUPTION: 3,
    NoticeKind.ANNOUNCEMENT: 180,
    NoticeKind.RECRUITMENT: 365,
}


class NoticePage(BodyPage):
    """One notice; with a deadline it says how many days are left, and leaves by itself."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=NoticeKind.choices, default=NoticeKind.ANNOUNCEMENT
    )
    reference = models.CharField(
        _("reference number"), max_length=100, blank=True,
        help_text=_("Number of the announcement, the bid package or the decision."),
    )  # fmt: skip
    begins_at = models.DateTimeField(
        _("begins at"), null=True, blank=True, help_text=_("For interruptions and events.")
    )
    deadline = models.DateTimeField(
        _("deadline or end"),
        null=True,
        blank=True,
        help_text=_("Until when papers are accepted, or when the interruption ends."),
    )
    urgent_until = models.DateTimeField(
        _("urgent until"),
        null=True,
        blank=True,
        help_text=_("Until then it stands above everything on the whole site, for 14 days at most."
                    " Distributed as mandatory, it does so on the sites that receive it."),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=300, blank=True)
    contact = models.CharField(
        _("contact"), max_length=300, blank=True, help_text=_("Office and telephone.")
    )

    expire_at: datetime.datetime | None
    searched_fields = ("place", "contact")
    template = "themes/notice.html"
    section_template = "themes/notices.html"
    page_description = _("A notice with a deadline, or an urgent one.")
    search_fields = [*BodyPage.search_fields, index.SearchField("reference")]

    edit_handler = page_tabs(
        translated={
            "summary": _("Summary"),
            "body": _("Body"),
            "place": _("Place"),
            "contact": _("Contact"),
        },
        shared=[
            FieldRowPanel([FieldPanel("kind"), FieldPanel("reference")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("begins_at"), FieldPanel("deadline")]),
                    FieldPanel("urgent_until"),
                ],
                heading=_("Times"),
            ),
            FieldPanel("image"),
            InlinePanel("files", heading=_("Files"), label=_("File")),
            FieldPanel("tags"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(
                fields=["urgent_until"],
                name="notice_urgent",
                condition=Q(urgent_until__isnull=False),
            )
        ]

    def clean(self) -> None:
        """Times in order; the expiry follows from the deadline where nobody gave one."""
        super().clean()
        if self.begins_at and self.deadline and self.deadline <= self.begins_at:
            raise ValidationError({"deadline": _("It would end before it begins.")})
        if self.urgent_until and self.urgent_until > timezone.now() + LONGEST_URGENCY:
            message = _("Nothing is urgent for more than 14 days; choose an earlier end.")
            raise ValidationError({"urgent_until": message})
        days = DAYS_AFTER_DEADLINE.get(NoticeKind(self.kind)) if self.kind else None
        if self.deadline and days is not None and self.expire_at is None:
            self.expire_at = self.deadline + datetime.timedelta(days=days)

    # ------------------------------------------------------------------------------- in words

    @property
    def is_urgent(self) -> bool:
        """Whether it stands above everything at this moment."""
        return self.urgent_until is not None and self.urgent_until > timezone.now()

    @property
    def is_closed(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and self.deadline <= timezone.now()

    @property
    def left(self) -> str:
        """ "12 days left", "last day", "closed"; "" without a deadline."""
        if self.deadline is None:
            return ""
        if self.is_closed:
            return gettext("closed")
        days = (timezone.localdate(self.deadline) - timezone.localdate()).days
        if days == 0:
            return gettext("last day")
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}

    @property
    def left_state(self) -> str:
        """The style of `left`: "het-han", "sap-het" in the last three days, else "con-han"."""
        if self.deadline is None or self.is_closed:
            return "het-han"
        soon = self.deadline - timezone.now() < datetime.timedelta(days=3)
        return "sap-het" if soon else "con-han"

    # ----------------------------------------------------------------------- search and sharing

    def search_body(self, language: str) -> str:
        """Also the reference number."""
        return "\n".join(filter(None, (self.reference, super().search_body(language))))

    def search_facts(self) -> Facts:
        """Its kind."""
        return Facts(kind=str(self.get_kind_display()))

    def answer(self) -> AnswerCard | None:
        """Deadline, place and contact, while it is open."""
        if self.deadline is None or self.is_closed:
            return None
        moment = timezone.localtime(self.deadline)
        rows = [
            (gettext("Deadline"), f"{moment:%H:%M, %d/%m/%Y}"),
            (gettext("Place"), self.place),
            (gettext("Contact"), self.contact),
        ]
        return AnswerCard(tuple(row for row in rows if row[1]), until=self.deadline)

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org SpecialAnnouncement for warnings and interruptions, else NewsArticle."""
        special = self.kind in (NoticeKind.WARNING, NoticeKind.INTERRUPTION)
        found: dict[str, Any] = {
            "@type": "SpecialAnnouncement" if special else "NewsArticle",
            "name" if special else "headline": self.display_title,
            "text" if special else "description": self.summary or self.display_title,
            "datePosted" if special else "datePublished": self.public_at.isoformat(),
            "expires": self.deadline and self.deadline.isoformat(),
            "url": address,
        }
        return [stated(found)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the files."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["files"] = list(self.files.select_related("document"))
        return context

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: Any) -> dict[str, Any]:
        """The filtered list."""
        from .listing import NoticeList

        return {"listing": NoticeList.for_request(request, section_page)}


class NoticeFile(AttachedFile):
    """A file of a notice."""

    page = ParentalKey(NoticePage, on_delete=models.CASCADE, related_name="files")
