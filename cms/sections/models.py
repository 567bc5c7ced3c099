"""The page of one section of a site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms.basepage.models import BasePage, SectionView
from cms.basepage.panels import page_tabs
from sites.distribution import receiving
from sites.distribution.sections import sections_of

from . import routes as section_routes
from .kinds import page_types


class SectionPage(BasePage):
    """Lists a unit's own pages of a section together with those that higher levels pushed here."""

    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    in_menu = models.BooleanField(_("in the main menu"), default=True)
    on_home = models.BooleanField(_("on the home page"), default=False)

    parent_page_types = ["home.SiteHomePage"]
    page_description = _("Lists the pages of one section.")

    edit_handler = page_tabs(
        translated={"intro": _("Introduction")},
        shared=[FieldPanel("section"), FieldPanel("in_menu"), FieldPanel("on_home")],
    )

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def clean(self) -> None:
        """One page per section and site: pushed items must have one place to appear."""
        super().clean()
        if self.section_id is None:
            raise ValidationError({"section": _("Choose the section that this page shows.")})
        twins = SectionPage.objects.filter(unit_id=self.unit_id, section_id=self.section_id)
        if self.unit_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"section": _("This site already has a page for this section.")})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find own pages by slug and received ones by `slug~id`, which no slug can be."""
        if len(path_components) == 1 and receiving.is_address(path_components[0]):
            if not self.live:
                raise Http404
            return receiving.route(request, self, path_components[0])
        if len(path_components) == 1 and "." in path_components[0]:
            return RouteResult(self, kwargs={"view": self._file(request, path_components[0])})
        return super().route(request, path_components)

    def _file(self, request: HttpRequest, name: str) -> SectionView:
        """The view of a file of this section. Raises Http404 where there is none."""
        view = (section_routes.ROUTES | self.shown_type(request).section_routes).get(name)
        if view is None or not self.live:
            raise Http404
        return view

    def shown_type(self, request: HttpRequest) -> type[BasePage]:
        """The page type that decides how this section looks: the first that it takes."""
        unit: Any = self.unit
        types = sections_of(request, unit).page_types.get(self.section_id or 0)
        return page_types().get(types[0] if types else "", BasePage)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """As the section's page type wants it."""
        return self.shown_type(request).section_template

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        recall: Any = None,
        view: SectionView | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """The list; one of its further addresses; or for a received item that was taken back, the
        notice or its replacement."""
        if view is not None:
            return view(request, self)
        if recall is None:
            return super().serve(request, *args, **kwargs)
        if recall.replacement and recall.replacement.live:
            return HttpResponsePermanentRedirect(recall.replacement.get_full_url())
        context = super().get_context(request) | {"recall": recall}
        return TemplateResponse(request, "themes/recall.html", context, status=410)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the list that was asked for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | self.shown_type(request).section_context(request, self)
