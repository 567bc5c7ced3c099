"""Where the report of unread files stands."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from cms.media.models import PortalDocument

from .reports import UnreadFilesView


class FilesMenuItem(MenuItem):
    """Shown to whoever may change files."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the report can list anything for this person."""
        policy = policy_registry.get_by_type(PortalDocument)
        return bool(policy.user_has_permission(request.user, "change"))


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """The report in the menu."""
    return FilesMenuItem(
        _("Files that could not be read"), reverse("unread_files"),
        name="unread-files", icon_name="doc-full-inverse", order=750,
    )  # fmt: skip


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report and its table alone."""
    return [
        path("reports/tep-chua-doc/", UnreadFilesView.as_view(), name="unread_files"),
        path(
            "reports/tep-chua-doc/results/",
            UnreadFilesView.as_view(results_only=True),
            name="unread_files_results",
        ),
    ]
