"""The report of what is left to disclose, and the groups as data of the portal office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from sites.people.roles import roles_of

from .models import DisclosureGroup
from .views import ChecklistView


class DisclosureGroupViewSet(ModelViewSet):
    """The groups that the law names."""

    model = DisclosureGroup
    icon = "list-ul"
    menu_label = _("Groups of disclosure")
    menu_order = 630
    add_to_admin_menu = True
    form_fields = [
        "code", "number", "name_vi", "name_en", "law", "tiers", "period", "days", "is_personal",
    ]  # fmt: skip
    list_display = ["number", "name_vi", "law", "period", "days"]
    list_filter = ["period", "is_personal"]
    search_fields = ["name_vi", "code", "law"]
    inspect_view_enabled = False


@hooks.register("register_admin_viewset")
def disclosure_groups() -> DisclosureGroupViewSet:
    """Only superusers hold the permissions of this model."""
    return DisclosureGroupViewSet("disclosure-groups")


@hooks.register("register_admin_urls")
def checklist_url() -> list[URLPattern]:
    """Beside Wagtail's reports."""
    return [path("reports/cong-khai/", ChecklistView.as_view(), name="disclosure_checklist")]


class ChecklistMenuItem(MenuItem):
    """Shown to everybody who works for a unit."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is a unit to report on."""
        user = request.user
        return bool(user.is_superuser or roles_of(user))  # type: ignore[union-attr]


@hooks.register("register_reports_menu_item")
def checklist_menu_item() -> MenuItem:
    """In the menu of reports."""
    label, address = _("Disclosure: what is left to do"), reverse_lazy("disclosure_checklist")
    return ChecklistMenuItem(
        label, address, name="disclosure-checklist", icon_name="list-ul", order=90
    )
