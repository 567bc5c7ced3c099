"""Files that stand beside a page, in the order that readers see."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class AttachedFile(Orderable):
    """One file; subclasses add `page`, a ParentalKey with the related name `files`."""

    document = models.ForeignKey(
        "media.PortalDocument", models.CASCADE, related_name="+", verbose_name=_("file")
    )
    label = models.CharField(
        _("label"),
        max_length=150,
        blank=True,
        help_text=_("For example “Appendix 1”; empty: the title of the file."),
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        abstract = True

    @property
    def name(self) -> str:
        """What readers see."""
        return self.label or self.document.title
