"""The report “Disclosure: what is left to do”."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.hosts.registry import host_map
from sites.people.roles import roles_of, units_of
from sites.units.models import AdministrativeUnit, today

from .checklist import duties_of

MOST_UNITS = 300


class ChecklistView(WagtailAdminTemplateMixin, TemplateView):
    """What one unit has to disclose. People see the units that they work for."""

    template_name = "disclosure/checklist.html"
    page_title = _("Disclosure: what is left to do")
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Only where one is."""
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The unit of `?don-vi=CODE`, by default the person's first one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        units = visible_units(self.request)
        wanted = self.request.GET.get("don-vi", "")
        chosen = [unit for unit in units if unit.code == wanted] if wanted else units[:1]
        if wanted and not chosen:
            raise PermissionDenied
        duties = duties_of(chosen[0], today()) if chosen else []
        to_do = [duty for duty in duties if duty.is_to_do]
        return context | {
            "units": units,
            "chosen": chosen[0] if chosen else None,
            "to_do": to_do,
            "done": [duty for duty in duties if not duty.is_to_do],
            "address": reverse("disclosure_checklist"),
        }


def visible_units(request: HttpRequest) -> list[AdministrativeUnit]:
    """The units a person works for; for superusers those that have sites."""
    user: Any = request.user
    if not user.is_superuser:
        return units_of(user) if roles_of(user) else []
    units = AdministrativeUnit.objects.filter(pk__in=host_map().by_unit).order_by("path")
    return list(units[:MOST_UNITS])
