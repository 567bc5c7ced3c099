"""The report of what residents search."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from search.exports import SpreadsheetReport
from sites.people.roles import units_of
from sites.units.models import AdministrativeUnit

from .counting import EVERYWHERE, KEPT_MONTHS, as_written
from .models import QueryCount
from .policies import reads_reports

KINDS = [
    ("empty", gettext_lazy("Nothing was found")),
    ("ignored", gettext_lazy("No result was opened")),
]


def months(request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """The months that can be chosen, the newest first."""
    day = timezone.localdate().replace(day=1)
    found = []
    for _number in range(KEPT_MONTHS):
        found.append((day.isoformat(), f"{day:%m/%Y}"))
        day = (day - datetime.timedelta(days=1)).replace(day=1)
    return found


def units(request: HttpRequest | None) -> list[tuple[str, str]]:
    """A member's own units."""
    own = units_of(request.user) if request else []
    return [(unit.code, unit.name) for unit in own]


class QueryFilterSet(WagtailFilterSet):
    """Unit, month, and what went wrong."""

    unit_code = django_filters.ChoiceFilter(label=gettext_lazy("Administrative unit"))
    month = django_filters.ChoiceFilter(label=gettext_lazy("Month"), choices=months)
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Queries without success"), choices=KINDS, method="only_kind"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request.user.is_superuser:
            # Thousands of units: typed as a code.
            self.filters["unit_code"] = django_filters.CharFilter(
                field_name="unit_code", label=gettext_lazy("Code of the administrative unit")
            )
            self.filters["unit_code"].parent = self
            self.filters["unit_code"].model = QueryCount
        else:
            self.filters["unit_code"].extra["choices"] = units(self.request)

    def only_kind(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Queries of which most found nothing, or of which no result was opened."""
        if value == "empty":
            return rows.filter(empty__gte=F("searches") / 2, empty__gt=0).order_by("-empty")
        return rows.filter(clicks=0, empty__lt=F("searches"))

    class Meta:
        model = QueryCount
        fields = ["unit_code", "month", "kind"]


def unit_name(row: QueryCount) -> str:
    """The unit on whose site was searched."""
    return getattr(row, "unit_name", "") or row.unit_code or _("The whole installation")


def query_text(row: QueryCount) -> str:
    """The query as people write it."""
    return as_written(row.text)


def month_name(row: QueryCount) -> str:
    """`06/2025`"""
    return f"{row.month:%m/%Y}"


class QueriesView(SpreadsheetReport):
    """Frequent queries of one's own units; of the whole installation for superusers."""

    page_title = gettext_lazy("What residents search")
    header_icon = "search"
    index_url_name = "search_queries"
    index_results_url_name = "search_queries_results"
    filterset_class = QueryFilterSet
    model = QueryCount
    default_ordering = "-searches"
    export_filename = "cau-tim"
    list_export: ClassVar[list[str]] = [
        "text", "unit", "unit_code", "month", "searches", "empty", "clicks",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "text": gettext_lazy("Query"),
        "unit": gettext_lazy("Administrative unit"),
        "unit_code": gettext_lazy("Code of the administrative unit"),
        "month": gettext_lazy("Month"),
        "searches": gettext_lazy("Searches"),
        "empty": gettext_lazy("Found nothing"),
        "clicks": gettext_lazy("Results opened"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only for people who work for a unit."""
        if not reads_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """The query, where and when, how often, and with what success."""
        return [
            Column("text", label=gettext_lazy("Query"), accessor=query_text, sort_key="text"),
            Column("unit", label=gettext_lazy("Administrative unit"), accessor=unit_name),
            Column("month", label=gettext_lazy("Month"), accessor=month_name, sort_key="month"),
            Column("searches", label=gettext_lazy("Searches"), sort_key="searches"),
            Column("empty", label=gettext_lazy("Found nothing"), sort_key="empty"),
            Column("clicks", label=gettext_lazy("Results opened"), sort_key="clicks"),
        ]

    def get_queryset(self) -> QuerySet:
        """Rows of one's own units that enough people made; never the others."""
        rows = QueryCount.objects.exclude(text="")
        user: Any = self.request.user
        if not user.is_superuser:
            rows = rows.filter(unit_code__in=[unit.code for unit in units_of(user)])
        elif not self.request.GET.get("unit_code"):
            rows = rows.filter(unit_code=EVERYWHERE)
        named = AdministrativeUnit.objects.filter(code=OuterRef("unit_code"), pages__depth=2)
        rows = rows.annotate(unit_name=Subquery(named.values("name")[:1]))
        self.queryset = rows.order_by("-month", "-searches", "pk")
        return super().get_queryset()

    def to_row_dict(self, item: QueryCount) -> dict[str, Any]:
        """A row of the exported table: what the report shows."""
        shown = {"text": query_text(item), "unit": unit_name(item), "month": month_name(item)}
        return {name: shown.get(name, getattr(item, name, "")) for name in self.list_export}
