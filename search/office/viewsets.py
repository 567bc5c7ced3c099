"""The screens of the office's entries."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from sites.people.owned import OwnedViewSet, OwnIndexView

from .forms import PromotionForm, SynonymForm
from .models import Promotion, Synonym


class PromotionIndexView(OwnIndexView):
    """With the pages that the column shows."""

    def get_base_queryset(self) -> QuerySet:
        """One more join."""
        return super().get_base_queryset().select_related("page")


def holds_for(entry: Synonym | Promotion) -> str:
    """For whom an entry holds."""
    return entry.unit.name if entry.unit else _("The whole installation")


def queries_of(entry: Promotion) -> str:
    """The queries of a promotion in one line."""
    return "; ".join(line.strip() for line in entry.queries.splitlines() if line.strip())


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
    index_view_class = PromotionIndexView
    icon = "pick"
    menu_label = gettext_lazy("Promoted results")
    search_fields = ["queries", "page__title"]
    list_display = [
        TitleColumn(
            "queries",
            label=gettext_lazy("Queries"),
            accessor=queries_of,
            url_name="promotions:edit",
        ),
        Column("page", label=gettext_lazy("Page")),
        DateColumn("starts_at", label=gettext_lazy("From")),
        DateColumn("ends_at", label=gettext_lazy("Until")),
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
