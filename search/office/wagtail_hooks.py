"""Where the office's search screens stand, and who may use them."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from .models import Promotion, Synonym
from .policies import UnitOfficePolicy, reads_reports
from .reports import QueriesView
from .viewsets import SearchGroup

for model in (Synonym, Promotion):
    register_permission_policy(model, UnitOfficePolicy(model))


@hooks.register("register_admin_viewset")
def search_screens() -> SearchGroup:
    """For portal administrators, each with the entries of her units."""
    return SearchGroup()


class QueriesMenuItem(MenuItem):
    """Shown to everybody who works for a unit."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the report can list anything for this person."""
        return reads_reports(request.user)


@hooks.register("register_reports_menu_item")
def queries_item() -> MenuItem:
    """The report in the menu."""
    return QueriesMenuItem(
        _("What residents search"), reverse("search_queries"),
        name="search-queries", icon_name="search", order=740,
    )  # fmt: skip


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report and its table alone."""
    return [
        path("reports/tim-kiem/", QueriesView.as_view(), name="search_queries"),
        path(
            "reports/tim-kiem/results/",
            QueriesView.as_view(results_only=True),
            name="search_queries_results",
        ),
    ]
