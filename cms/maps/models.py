"""Maps: a picture or a drawing, what it shows in words, and the places on it as a list.

Required of provinces and communes by Decree 224/2026/NĐ-CP, Article 9(1)(c).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.articles.body import BodyPage
from cms.articles.languages import in_each_language, words
from cms.basepage.panels import page_tabs

from .drawings import MAX_BYTES, embedded_map
from .forms import MapForm
from .views import maps_context

if TYPE_CHECKING:
    from cms.sections.models import SectionPage


class MarkedPlace(blocks.StructBlock):
    """A place or a unit on the map."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        parts = [
            *in_each_language("name", _("Name"), blocks.CharBlock, required=True, max_length=150),
            *in_each_language("note", _("Note"), blocks.CharBlock, required=False, max_length=300),
            ("url", blocks.URLBlock(label=_("Link"), required=False)),
        ]
        super().__init__(parts, **kwargs)

    class Meta:
        icon = "site"
        label = _("Place on the map")


class MapPage(BodyPage):
    """One map with everything that it shows also in words."""

    description = models.TextField(
        _("description"),
        max_length=5000,
        help_text=_("What the map shows, for those who cannot see it: borders, places, roads."),
    )
    drawing = models.TextField(_("drawing (SVG)"), blank=True, editable=False)
    embed = models.URLField(
        _("interactive map"),
        max_length=1000,
        blank=True,
        help_text=_("The embedding address of OpenStreetMap or Google Maps; loaded on a click."),
    )
    places = StreamField([("place", MarkedPlace())], blank=True, verbose_name=_("places"))

    searched_fields = ("description",)
    template = "themes/map.html"
    section_template = "themes/maps.html"
    page_description = _("A map with a description in words and a list of places.")

    edit_handler = page_tabs(
        translated={
            "summary": _("Summary"),
            "description": _("Description in words"),
            "body": _("Body"),
        },
        shared=[
            FieldPanel("image", heading=_("Picture of the map")),
            FieldPanel("drawing_file"),
            FieldPanel("remove_drawing"),
            FieldPanel("embed"),
            FieldPanel("places"),
        ],
    )
    edit_handler.base_form_class = MapForm

    class Meta:
        verbose_name = _("map")
        verbose_name_plural = _("maps")

    def clean(self) -> None:
        """Only map services on the list are embedded."""
        super().clean()
        if self.embed and not embedded_map(self.embed):
            message = _("Only embedding addresses of OpenStreetMap or Google Maps are taken.")
            raise ValidationError({"embed": message})
        if len(self.drawing.encode()) > MAX_BYTES:
            raise ValidationError(_("The drawing is too large."))

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """All maps of the section."""
        return maps_context(request, section_page)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; with `?dang=svg` the drawing, which may load and run nothing."""
        if request.GET.get("dang") != "svg":
            return super().serve(request, *args, **kwargs)
        if not self.drawing:
            raise Http404("This map has no drawing.")
        answer = HttpResponse(self.drawing, content_type="image/svg+xml")
        answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the places in the active language, and the player of the interactive map."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        values = [block["value"] for block in self.places.raw_data]
        context["places"] = [
            {"name": words(value, "name"), "note": words(value, "note"), "url": value.get("url")}
            for value in values
        ]
        context["player"] = embedded_map(self.embed)
        return context

    def search_body(self, language: str) -> str:
        """The places on the map as well."""
        texts = [
            words(block["value"], name, language)
            for block in self.places.raw_data
            for name in ("name", "note")
        ]
        return "\n".join([text for text in texts if text] + [super().search_body(language)])

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A Map."""
        data = {"@type": "Map", "name": self.display_title, "url": address}
        return [data | {"description": self.description}]
