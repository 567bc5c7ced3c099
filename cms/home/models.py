"""The home page of a unit's site."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from cms.basepage.models import BasePage
from cms.basepage.panels import page_tabs
from sites.distribution.sections import sections_of
from themes.styles.palettes import Palette

from .blocks import HomeBlocks
from .forms import HomeForm
from .panels import look_tab
from .reading import HomeReading


class SiteHomePage(BasePage):
    """Root of one site. Home pages are siblings; the hierarchy lives in the units (design §5)."""

    welcome = models.TextField(_("welcome text"), max_length=600, blank=True)
    authority = models.CharField(
        _("responsible authority"), max_length=200, blank=True, help_text=_("Shown in the footer.")
    )
    responsible = models.CharField(
        _("responsible for the content"),
        max_length=200,
        blank=True,
        help_text=_("Office or function, for example the head of the editorial board."),
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    theme = models.CharField(_("palette"), max_length=30, choices=Palette, default=Palette.QUOC_GIA)
    own_primary = models.CharField(
        _("own main colour"),
        max_length=7,
        blank=True,
        help_text=_("Like #7d1a1f. For the masthead, buttons, headings and links."),
    )
    own_accent = models.CharField(
        _("own second colour"),
        max_length=7,
        blank=True,
        help_text=_("Like #c4973f. For lines, marks and the name of the issuing level."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("emblem or logo"),
        help_text=_("Shown in the masthead beside the name. Best with a transparent ground."),
    )
    banner = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("banner"),
        help_text=_("A wide picture above the home page, at least 1440 pixels wide."),
    )
    layout = StreamField(
        HomeBlocks(),
        blank=True,
        verbose_name=_("blocks of the home page"),
        help_text=_("In the order in which readers see them. None: as usual for this level."),
    )
    lock_palette = models.BooleanField(
        _("lock the colours of all sites below"),
        default=False,
        help_text=_("They show this site’s palette whatever they chose."),
    )
    lock_logo = models.BooleanField(
        _("lock emblem and banner of all sites below"),
        default=False,
        help_text=_("They show this site’s emblem and banner."),
    )
    lock_layout = models.BooleanField(
        _("lock the home page blocks of all sites below"),
        default=False,
        help_text=_("They show the usual blocks of their level."),
    )

    parent_page_types = ["basepage.BasePage"]
    subpage_types = ["sections.SectionPage"]
    template = "themes/home.html"

    edit_handler = page_tabs(
        translated={
            "welcome": _("Welcome text"),
            "authority": _("Responsible authority"),
            "responsible": _("Responsible for the content"),
            "address": _("Address"),
        },
        shared=[
            MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")),
        ],
    )
    edit_handler.children.insert(-1, look_tab())
    edit_handler.base_form_class = HomeForm

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the section by its key, and hand on the unit, which is known here."""
        section = self._section_at(request, path_components[0]) if path_components else None
        if section is None:
            return super().route(request, path_components)
        section._cached_parent_obj = self
        section.unit = self.unit
        found = section.route(request, path_components[1:])
        if found.page.unit_id == self.unit_id:
            found.page.unit = self.unit
        return found

    def _section_at(self, request: HttpRequest, slug: str) -> Any:
        """The public section with a slug. By the key that the frame knows: asked for a slug below
        a path, PostgreSQL looked through all pages of the installation."""
        unit: Any = self.unit
        link = next((x for x in sections_of(request, unit).pages if x.slug == slug), None)
        if link is None:
            return None
        sections = apps.get_model("sections", "SectionPage").objects.select_related("section")
        section = sections.filter(pk=link.page_id).first()
        is_child = section is not None and section.is_child_of(self)
        return section if is_child and section.slug == slug else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the blocks of the home page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["parts"] = HomeReading(request, self).parts()
        return context
