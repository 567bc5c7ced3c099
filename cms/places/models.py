"""History, culture, monuments, landscapes, festivals, crafts and products of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from search.index.facts import AnswerCard, Facts

from .festivals import next_festival
from .views import places_context

if TYPE_CHECKING:
    import datetime

    from cms.sections.models import SectionPage

MAP = "https://www.openstreetmap.org/"


class PlaceKind(models.TextChoices):
    """What a place is known for, in the order of the list."""

    MONUMENT = "monument", _("Monument")
    LANDSCAPE = "landscape", _("Landscape")
    FESTIVAL = "festival", _("Festival")
    HISTORY = "history", _("History")
    CULTURE = "culture", _("Culture")
    CRAFT = "craft", _("Craft village")
    PRODUCT = "product", _("Local product")
    TOURISM = "tourism", _("Tourism")


class MonumentRank(models.TextChoices):
    """The ranks of the Law on Cultural Heritage."""

    NONE = "", _("not ranked")
    SPECIAL = "special", _("special national monument")
    NATIONAL = "national", _("national monument")
    PROVINCIAL = "provincial", _("provincial monument")


class PlacePage(BodyPage):
    """A place, a custom or a product that people come for."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=PlaceKind.choices, default=PlaceKind.MONUMENT
    )
    rank = models.CharField(
        _("rank"), max_length=10, choices=MonumentRank.choices, blank=True, default=""
    )
    recognised_by = models.CharField(_("recognised by"), max_length=200, blank=True)
    recognised_in = models.PositiveSmallIntegerField(
        _("year of recognition"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    opening = models.CharField(_("opening"), max_length=300, blank=True)
    admission = models.CharField(_("admission"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(8), MaxValueValidator(24)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(102), MaxValueValidator(118)],
    )  # fmt: skip
    lunar_month = models.PositiveSmallIntegerField(
        _("festival: lunar month"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )  # fmt: skip
    lunar_first_day = models.PositiveSmallIntegerField(
        _("first lunar day"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )  # fmt: skip
    lunar_last_day = models.PositiveSmallIntegerField(
        _("last lunar day"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )  # fmt: skip

    searched_fields = ("address", "recognised_by")
    template = "themes/place.html"
    section_template = "themes/places.html"
    page_description = _("A monument, a landscape, a festival, a craft or a product.")

    edit_handler = page_tabs(
        translated={
            "summary": _("Summary"),
            "address": _("Address"),
            "opening": _("Opening"),
            "admission": _("Admission"),
            "recognised_by": _("Recognised by"),
            "body": _("Body"),
        },
        shared=[
            FieldPanel("image"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("rank"), FieldPanel("recognised_in")]),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("latitude"), FieldPanel("longitude")]),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("lunar_month"),
                            FieldPanel("lunar_first_day"),
                            FieldPanel("lunar_last_day"),
                        ]
                    )
                ],
                heading=_("Festival in the lunar calendar"),
            ),
            FieldPanel("tags"),
        ],
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def clean(self) -> None:
        """Coordinates and lunar dates come whole or not at all."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both coordinates or none.")})
        if (self.lunar_month is None) != (self.lunar_first_day is None):
            raise ValidationError({"lunar_first_day": _("Give the month and the first day.")})
        if self.lunar_last_day and self.lunar_last_day < (self.lunar_first_day or 31):
            raise ValidationError({"lunar_last_day": _("The end lies before the start.")})

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """The places by kind."""
        return places_context(request, section_page)

    @property
    def lunar_dates(self) -> str:
        """`16–20/8` in the lunar calendar; empty where there is no festival."""
        if not (self.lunar_month and self.lunar_first_day):
            return ""
        last = self.lunar_last_day
        days = f"{self.lunar_first_day}–{last}" if last else str(self.lunar_first_day)
        return f"{days}/{self.lunar_month}"

    @property
    def festival(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and last day of the next festival in the solar calendar."""
        if not (self.lunar_month and self.lunar_first_day):
            return None
        return next_festival(self.lunar_month, self.lunar_first_day, self.lunar_last_day)

    @property
    def map_url(self) -> str:
        """The place on a public map; a link only, nothing is loaded from there."""
        if self.latitude is None or self.longitude is None:
            return ""
        point = {"mlat": self.latitude, "mlon": self.longitude}
        return f"{MAP}?{urlencode(point)}#map=16/{self.latitude}/{self.longitude}"

    def search_facts(self) -> Facts:
        """The kind of the place."""
        with override("vi"):
            return Facts(kind=str(PlaceKind(self.kind).label))

    def answer(self) -> AnswerCard | None:
        """Where it is and when it is open."""
        rows = [
            (_now("Address"), self.address),
            (_now("Opening"), self.opening),
            (_now("Telephone"), self.phone),
            (_now("Festival (lunar calendar)"), self.lunar_dates),
        ]
        filled = tuple((label, value) for label, value in rows if value)
        return AnswerCard(filled) if filled else None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A TouristAttraction, or a Product."""
        kind = "Product" if self.kind == PlaceKind.PRODUCT else "TouristAttraction"
        data: dict[str, Any] = {
            "@type": kind,
            "name": self.display_title,
            "url": address,
            "description": self.summary,
        }
        if kind == "TouristAttraction":
            data |= {"address": self.address, "telephone": self.phone}
            if self.latitude is not None:
                data["geo"] = {
                    "@type": "GeoCoordinates",
                    "latitude": float(self.latitude),
                    "longitude": float(self.longitude or 0),
                }
        return [stated(data)]
