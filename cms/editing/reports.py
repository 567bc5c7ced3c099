"""Wagtail's reports, whose filters name people of every unit, kept to one's colleagues.

There is no hook for a report's filters: `cms.urls` puts these addresses before Wagtail's.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from sites.people.roles import roles_of


def colleagues(user: Any) -> QuerySet:
    """The people who work for the same units; everybody for superusers."""
    people = get_user_model()._default_manager.order_by("username")
    if user.is_superuser:
        return people
    return people.filter(memberships__unit__in=list(roles_of(user))).distinct()


class HistoryFilterSet(SiteHistoryReportFilterSet):
    """Filters of the site history."""

    def get_users_queryset(self) -> QuerySet:
        """Colleagues only. (Wagtail 8.0.1 overrides `get_user_choices`, which nothing calls.)"""
        return colleagues(self.request.user)

    class Meta(SiteHistoryReportFilterSet.Meta):
        pass


class WorkflowFilterSet(WorkflowReportFilterSet):
    """Filters of the workflow report."""

    requested_by = django_filters.ModelChoiceFilter(
        field_name="requested_by", queryset=lambda request: colleagues(request.user)
    )

    class Meta(WorkflowReportFilterSet.Meta):
        pass


def report_urls() -> list[URLPattern]:
    """The addresses of the two reports, to stand before Wagtail's."""
    history = {"filterset_class": HistoryFilterSet}
    workflow = {"filterset_class": WorkflowFilterSet}
    patterns = [
        path("reports/site-history/", LogEntriesView.as_view(**history)),
        path("reports/site-history/results/", LogEntriesView.as_view(**history, results_only=True)),
        path("reports/workflow/", WorkflowView.as_view(**workflow)),
        path("reports/workflow/results/", WorkflowView.as_view(**workflow, results_only=True)),
    ]
    guarded: list[URLPattern] = decorate_urlpatterns(patterns, require_admin_access)
    return guarded
