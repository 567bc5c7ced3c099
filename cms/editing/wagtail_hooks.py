"""The editors' side: trimmed lists, choosers that keep to one's own units, our wording."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.wagtail_hooks import (
    PageListingAddChildPageButton,
    PageListingEditButton,
    PageListingViewLiveButton,
)
from wagtail.admin.widgets.button import Button, ButtonWithDropdownFromHook
from wagtail.permissions import policy_registry

from cms.basepage.links import FastPageLinkHandler
from cms.basepage.models import BasePage

from .viewsets import UnitPageViewSet

# What only the portal office needs; hidden from others, and closed by permissions as well.
OFFICE_ONLY = {"help", "page-types-usage"}


@hooks.register("register_admin_viewset")
def trimmed_page_views() -> UnitPageViewSet:
    """Replace the explorer's filters."""
    return UnitPageViewSet()


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """Small corrections of Wagtail's forms."""
    return format_html('<link rel="stylesheet" href="{}">', static("editing/admin.css"))


# What is done often from a row; the rest stands in the menu of the opened page.
ROW_BUTTONS = (PageListingEditButton, PageListingViewLiveButton, PageListingAddChildPageButton)


@hooks.register("construct_page_listing_buttons")
def short_row_menus(buttons: list[Any], page: Any, user: Any, **kwargs: Any) -> None:
    """Nine entries in each of fifty rows are most of what the explorer weighs."""
    items = [button(page=page) for button in ROW_BUTTONS]
    for button in buttons:
        if isinstance(button, ButtonWithDropdownFromHook):
            button.dropdown_buttons = [
                Button.from_menu_item(item) for item in items if item.is_shown(user)
            ]


@hooks.register("register_rich_text_features", order=1)
def fast_page_links(features: Any) -> None:
    """Replace Wagtail's handler, which loads every linked page whole."""
    features.register_link_type(FastPageLinkHandler)


@hooks.register("construct_page_chooser_queryset")
def own_pages_only(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Wagtail's page chooser shows every unit's drafts (wagtail #1700, #9714)."""
    policy = policy_registry.get_by_type(BasePage)
    own = policy.explorable_instances(request.user)
    return pages.filter(pk__in=own.order_by().values("pk"))


@hooks.register("construct_reports_menu")
def own_reports_only(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave the reports over the whole installation to superusers."""
    if not request.user.is_superuser:  # type: ignore[union-attr]
        menu_items[:] = [item for item in menu_items if item.name not in OFFICE_ONLY]


@hooks.register("construct_main_menu")
def no_help_for_wagtail(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own help pages speak to developers."""
    menu_items[:] = [item for item in menu_items if item.name not in OFFICE_ONLY]


@hooks.register("before_delete_page")
def keep_home_pages(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A site ends by reorganisation, not by deleting its home page."""
    if page.depth != 2 or request.user.is_superuser:  # type: ignore[union-attr]
        return None
    messages.error(request, _("The home page of a site cannot be deleted."))
    return redirect(reverse("wagtailadmin_explore", args=[page.pk]))
