"""The home page of a unit's site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.url_routing import RouteResult

from cms.basepage.models import BasePage
from cms.basepage.panels import page_tabs
from sites.distribution.listing import HomeListing


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
    theme = models.CharField(_("theme"), max_length=30, default="quoc-gia", editable=False)

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

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Hand the unit, which is known here, on to the page that was found."""
        found = super().route(request, path_components)
        if found.page.unit_id == self.unit_id:
            found.page.unit = self.unit
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the home page lists."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["listing"] = HomeListing.for_request(request, self)
        return context
