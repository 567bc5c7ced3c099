"""Galleries of pictures, videos and recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.articles.body import BodyPage
from cms.articles.languages import words
from cms.basepage.panels import page_tabs
from search.index.facts import Facts

from .blocks import GalleryItems
from .items import gallery_items
from .views import galleries_context

if TYPE_CHECKING:
    from cms.sections.models import SectionPage


class GalleryKind(models.TextChoices):
    """What a gallery mostly holds."""

    PHOTO = "photo", _("Pictures")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Recordings")


class GalleryPage(BodyPage):
    """Pictures, videos or recordings that belong together."""

    kind = models.CharField(
        _("kind"), max_length=5, choices=GalleryKind.choices, default=GalleryKind.PHOTO
    )
    items = StreamField(GalleryItems(), blank=True, verbose_name=_("items"))

    template = "themes/gallery.html"
    section_template = "themes/galleries.html"
    page_description = _("Pictures, a video, or recordings of the loudspeakers.")

    edit_handler = page_tabs(
        translated={"summary": _("Summary"), "body": _("Body")},
        shared=[
            FieldPanel("kind"),
            FieldPanel("image", heading=_("Picture in lists")),
            FieldPanel("items"),
            FieldPanel("tags"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """The galleries, newest first, of one kind or of all."""
        return galleries_context(request, section_page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the items."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["items"] = gallery_items(self.items.raw_data)
        return context

    def search_body(self, language: str) -> str:
        """Captions, descriptions and transcripts as well."""
        texts = [
            words(block["value"], name, language)
            for block in self.items.raw_data
            for name in ("title", "caption", "alt", "transcript")
        ]
        return "\n".join([text for text in texts if text] + [super().search_body(language)])

    def search_facts(self) -> Facts:
        """Pictures, video or recordings."""
        with override("vi"):
            return Facts(kind=str(GalleryKind(self.kind).label))

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """An ImageGallery, or a MediaGallery for the rest."""
        kind = "ImageGallery" if self.kind == GalleryKind.PHOTO else "MediaGallery"
        data = {"@type": kind, "name": self.display_title, "url": address}
        data |= {"datePublished": self.public_at.isoformat()}
        if self.summary:
            data["description"] = self.summary
        return [data]
