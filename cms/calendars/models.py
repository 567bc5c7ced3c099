"""Work schedules, reception of citizens, events and festivals."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from search.index.facts import AnswerCard, Facts

from .recurrence import Occurrence, next_occurrence
from .views import calendar_file, event_file, section_calendar
from .wording import span

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

FIRST_YEAR, LAST_YEAR = 1945, 2100


class EventKind(models.TextChoices):
    """What an entry of a calendar is."""

    WORK = "work", _("Work schedule")
    RECEPTION = "reception", _("Reception of citizens")
    EVENT = "event", _("Event")
    FESTIVAL = "festival", _("Festival")


class Repeats(models.TextChoices):
    """How an event comes back: always at the same time of day."""

    NEVER = "", _("does not repeat")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month, same weekday")


class SkippedDay(blocks.StructBlock):
    """A day on which a repeated event does not take place."""

    date = blocks.DateBlock(label=_("Day"))
    reason = blocks.CharBlock(label=_("Reason"), required=False, max_length=200)

    class Meta:
        icon = "cross"
        label = _("Does not take place")


class EventPage(BodyPage):
    """One entry of a unit's calendar, or a series of them."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=EventKind.choices, default=EventKind.WORK
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    repeats = models.CharField(
        _("repeats"),
        max_length=10,
        choices=Repeats.choices,
        default=Repeats.NEVER,
        blank=True,
        help_text=_("Every month: for example on each second Tuesday, if it begins on one."),
    )
    repeat_until = models.DateField(
        _("repeats until"), null=True, blank=True, help_text=_("Empty: without end.")
    )
    skipped = StreamField(
        [("day", SkippedDay())], blank=True, verbose_name=_("days without the event")
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    chair = models.CharField(_("chaired by"), max_length=300, blank=True)
    participants = models.TextField(_("participants"), max_length=2000, blank=True)
    preparing = models.CharField(_("prepared by"), max_length=300, blank=True)

    searched_fields = ("place", "chair", "participants", "preparing")
    template = "themes/event.html"
    section_template = "themes/calendar.html"
    section_routes = {"lich.ics": calendar_file}
    page_description = _("A meeting, a reception of citizens, an event; once or repeated.")

    edit_handler = page_tabs(
        translated={
            "place": _("Venue"),
            "chair": _("Chaired by"),
            "participants": _("Participants"),
            "preparing": _("Prepared by"),
            "summary": _("Summary"),
            "body": _("Body"),
        },
        shared=[
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("all_day")]),
            FieldRowPanel([FieldPanel("repeats"), FieldPanel("repeat_until")]),
            FieldPanel("skipped"),
            FieldPanel("image"),
            FieldPanel("tags"),
        ],
    )

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")
        indexes = [
            models.Index(fields=["starts_at"], name="event_start"),
            models.Index(fields=["repeat_until"], name="event_series", condition=~Q(repeats="")),
        ]

    def clean(self) -> None:
        """Ends after it starts, within the years that calendars of this portal know."""
        super().clean()
        if self.starts_at and not FIRST_YEAR <= self.starts_at.year <= LAST_YEAR:
            message = _("The year must lie between %(first)d and %(last)d.")
            raise ValidationError({"starts_at": message % {"first": FIRST_YEAR, "last": LAST_YEAR}})
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the start.")})
        if not (self.repeats and self.starts_at and self.repeat_until):
            return
        if self.repeat_until < timezone.localtime(self.starts_at).date():
            raise ValidationError({"repeat_until": _("The end lies before the start.")})

    @property
    def skipped_days(self) -> set[datetime.date]:
        """The days on which a series does not take place."""
        return {day for day, _reason in self.skipped_with_reasons}

    @property
    def skipped_with_reasons(self) -> list[tuple[datetime.date, str]]:
        """`(day, why)` for each day on which a series does not take place."""
        values = [block["value"] for block in self.skipped.raw_data]
        return [
            (datetime.date.fromisoformat(value["date"][:10]), value.get("reason") or "")
            for value in values
            if value.get("date")
        ]

    def next(self, moment: datetime.datetime | None = None) -> Occurrence | None:
        """The first occurrence that has not ended at a moment (default: now)."""
        return next_occurrence(self, moment or timezone.now())

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """The calendar that the address asks for."""
        return section_calendar(request, section_page)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; with `?dang=ics` a file for calendars."""
        if request.GET.get("dang") == "ics":
            return event_file(self)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when it takes place next, and on which coming days it does not."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["next"] = self.next()
        today = timezone.localdate()
        context["skipped"] = [pair for pair in self.skipped_with_reasons if pair[0] >= today]
        return context

    def search_facts(self) -> Facts:
        """The kind, by which readers filter."""
        with override("vi"):
            return Facts(kind=str(EventKind(self.kind).label))

    def answer(self) -> AnswerCard | None:
        """When and where it takes place next; nothing when it is over."""
        coming = self.next()
        if coming is None:
            return None
        rows = [
            (_now("Next date"), span(coming)),
            (_now("Venue"), self.place),
            (_now("Chaired by"), self.chair),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled, until=coming.end or coming.start)

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """An Event at its next date, or at its last one when it is over."""
        coming = self.next()
        start = coming.start if coming else timezone.localtime(self.starts_at)
        end = coming.end if coming else self.ends_at and timezone.localtime(self.ends_at)
        data: dict[str, Any] = {
            "@type": "Event",
            "name": self.display_title,
            "url": address,
            "startDate": start.date().isoformat() if self.all_day else start.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "description": self.summary,
        }
        if end:
            data["endDate"] = end.date().isoformat() if self.all_day else end.isoformat()
        unit = self.unit.name if self.unit else ""
        data["location"] = {"@type": "Place", "name": self.place or unit, "address": unit}
        data["organizer"] = {"@type": "GovernmentOrganization", "name": unit}
        return [stated(data)]
