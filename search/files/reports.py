"""The report of files whose text nobody can search, for those who can replace them."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import policy_registry

from cms.media.models import PortalDocument
from search.exports import SpreadsheetReport

from .models import READ_WELL, FileText, State

ADVICE = {
    State.ENCRYPTED: _("Take the password away and upload the file again."),
    State.CORRUPT: _("Open it on your computer, save it anew and upload it again."),
    State.TOO_BIG: _("Split it into several files."),
    State.TIMEOUT: _("Save it anew, or split it into several files."),
    State.NO_OCR: _("Upload the signed original with text, or the text file beside the scan."),
    State.ARCHIVE: _("Upload the files in it one by one."),
    State.UNKNOWN: _("Save it as PDF, Word or Excel and upload it again."),
    State.MISSING: _("Upload the file again."),
}


class UnreadFileFilterSet(WagtailFilterSet):
    """Narrows by the reason."""

    state = django_filters.ChoiceFilter(
        label=_("Reason"),
        choices=[choice for choice in State.choices if choice[0] not in READ_WELL],
    )

    class Meta:
        model = FileText
        fields = ["state"]


def edit_url(file: FileText) -> str:
    """Where the file can be replaced."""
    return reverse("wagtaildocs:edit", args=[file.document_id])


class UnreadFilesView(SpreadsheetReport):
    """Files that could not be read, of the units whose files a person may change."""

    page_title = _("Files that could not be read")
    header_icon = "doc-full-inverse"
    index_url_name = "unread_files"
    index_results_url_name = "unread_files_results"
    filterset_class = UnreadFileFilterSet
    model = FileText
    default_ordering = "-read_at"
    any_permission_required: ClassVar[list[str]] = ["change"]
    export_filename = "tep-chua-doc"
    list_export: ClassVar[list[str]] = [
        "document.title", "document.filename", "document.unit", "get_state_display", "advice",
        "read_at",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "document.title": _("Title"),
        "document.filename": _("File"),
        "document.unit": _("Administrative unit"),
        "get_state_display": _("Reason"),
        "advice": _("What to do"),
        "read_at": _("Read at"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        """That of the files themselves."""
        return policy_registry.get_by_type(PortalDocument)

    @cached_property
    def columns(self) -> list[Column]:
        """The file, whose it is, why it could not be read, and what to do."""
        return [
            TitleColumn("title", label=_("Title"), accessor="document.title", get_url=edit_url),
            Column("filename", label=_("File"), accessor="document.filename"),
            Column("unit", label=_("Administrative unit"), accessor="document.unit"),
            Column("state", label=_("Reason"), accessor="get_state_display"),
            Column("advice", label=_("What to do"), accessor=advice),
            DateColumn("read_at", label=_("Read at"), sort_key="read_at"),
        ]

    def to_row_dict(self, item: FileText) -> Any:
        """A row of the exported table."""
        item.advice = advice(item)  # type: ignore[attr-defined]
        return super().to_row_dict(item)

    def get_queryset(self) -> QuerySet:
        """Only files that this person may change."""
        own = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change"]
        )
        files = FileText.objects.exclude(state__in=READ_WELL).filter(document__in=own)
        self.queryset = files.select_related("document__unit").order_by("-read_at", "pk")
        return super().get_queryset()


def advice(file: FileText) -> str:
    """What the owner can do about a file."""
    return str(ADVICE.get(State(file.state), ""))
