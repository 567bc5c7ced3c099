"""The screens of the office's entries."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .forms import PromotionForm, SynonymForm
from .models import Promotion, Synonym


class OwnIndexView(IndexView):
    """Only entries that the person may change."""

    def get_base_queryset(self) -> QuerySet:
        """One condition, whatever the number of entries."""
        own = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"change"}
        )
        return own.select_related("unit", *self.model_joins)

    @property
    def model_joins(self) -> list[str]:
        """Other tables that the columns show."""
        return ["page"] if self.model is Promotion else []


class GuardedObjectMixin:
    """Wagtail's views ask only whether a person may change some entry, not whether this one."""

    def get_object(self, *args: Any) -> Any:
        """The entry. Raises PermissionDenied for another unit's."""
        entry = super().get_object(*args)  # type: ignore[misc]
        policy, user = self.permission_policy, self.request.user  # type: ignore[attr-defined]
        if not policy.user_has_permission_for_instance(user, "change", entry):
            raise PermissionDenied
        return entry


class OwnEditView(GuardedObjectMixin, EditView):
    """Change an own entry."""


class OwnDeleteView(GuardedObjectMixin, DeleteView):
    """Remove an own entry."""


class OwnHistoryView(GuardedObjectMixin, HistoryView):
    """The history of an own entry."""


class OwnUsageView(GuardedObjectMixin, UsageView):
    """Where an own entry is used."""


def holds_for(entry: Synonym | Promotion) -> str:
    """For whom an entry holds."""
    return entry.unit.name if entry.unit else _("The whole installation")


class OwnedViewSet(ModelViewSet):
    """Entries that belong to units."""

    index_view_class = OwnIndexView
    edit_view_class = OwnEditView
    delete_view_class = OwnDeleteView
    history_view_class = OwnHistoryView
    usage_view_class = OwnUsageView
    copy_view_enabled = False
    inspect_view_enabled = False


class SynonymViewSet(OwnedViewSet):
    """Words that mean the same."""

    model = Synonym
    icon = "form"
    menu_label = gettext_lazy("Synonyms")
    search_fields = ["short", "long"]
    list_display = [
        TitleColumn("short", label=gettext_lazy("What people type"), url_name="synonyms:edit"),
        Column("long", label=gettext_lazy("What pages say")),
        Column("get_way_display", label=gettext_lazy("Direction")),
        Column("unit", label=gettext_lazy("Holds for"), accessor=holds_for),
    ]

    def get_form_class(self, for_update: bool = False) -> type[SynonymForm]:
        """Checked by `entries`."""
        return SynonymForm


class PromotionViewSet(OwnedViewSet):
    """Pages above the results."""

    model = Promotion
    icon = "pick"
    menu_label = gettext_lazy("Promoted results")
    search_fields = ["queries", "page__title"]
    list_display = [
        TitleColumn("queries", label=gettext_lazy("Queries"), url_name="promotions:edit"),
        Column("page", label=gettext_lazy("Page")),
        Column("starts_at", label=gettext_lazy("From")),
        Column("ends_at", label=gettext_lazy("Until")),
        Column("unit", label=gettext_lazy("Holds for"), accessor=holds_for),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PromotionForm]:
        """Checked by `entries`."""
        return PromotionForm


class SearchGroup(ViewSetGroup):
    """One entry of the menu for all of it."""

    menu_label = gettext_lazy("Residents' search")
    menu_icon = "search"
    menu_order = 590
    items = (SynonymViewSet("synonyms"), PromotionViewSet("promotions"))
