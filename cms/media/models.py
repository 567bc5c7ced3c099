"""Pictures and documents, each belonging to one unit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from search.text import fold

# Of every picture lists show one of these, feeds and links the last.
LIST_SIZES = ("fill-480x300", "fill-720x450", "fill-960x600")
SHARED = "fill-1200x630|format-jpeg"
FOLDED_TITLE = [index.SearchField("folded_title"), index.AutocompleteField("folded_title")]


class PortalImage(AbstractImage):
    """A picture of one unit."""

    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.PROTECT,
        null=True,
        related_name="images",
        verbose_name=_("administrative unit"),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [*AbstractImage.search_fields, index.FilterField("unit"), *FOLDED_TITLE]

    # Specifications of what lists need: a fourth of the sizes that exist.
    LISTED = (
        *(f"{size}|format-{kind}" for size in LIST_SIZES for kind in ("webp", "avif")),
        SHARED,
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def folded_title(self) -> str:
        """The title as people type it without accents."""
        return fold(self.title)


class PortalRendition(AbstractRendition):
    """A picture in the size and format that a page shows."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file of one unit."""

    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name=_("administrative unit"),
    )

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.FilterField("unit"), *FOLDED_TITLE]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def folded_title(self) -> str:
        """The title as people type it without accents."""
        return fold(self.title)
