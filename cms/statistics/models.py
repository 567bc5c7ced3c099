"""Statistics: tables first, charts drawn from them, and every table as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs

from .blocks import StatisticsTable
from .charts import chart, legend
from .tables import Table, read_tables

CSV = "text/csv; charset=utf-8"


class StatisticsPage(BodyPage):
    """Figures about the unit, in one table or several."""

    tables = StreamField([("table", StatisticsTable())], blank=True, verbose_name=_("tables"))

    template = "themes/statistics.html"
    page_description = _("Tables of figures with charts and files to download.")

    edit_handler = page_tabs(
        translated={"summary": _("Summary"), "tables": _("Tables"), "body": _("Body")},
        shared=[FieldPanel("image"), FieldPanel("tags")],
        dated=True,
    )

    class Meta:
        verbose_name = _("statistics page")
        verbose_name_plural = _("statistics pages")

    def read_tables(self) -> list[Table]:
        """The tables in the active language, or the Vietnamese ones."""
        stream = self.tables or self.tables_vi  # type: ignore[attr-defined]
        return read_tables(stream.raw_data) if stream else []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; with `?dang=csv&bang=2` its second table as a file."""
        if request.GET.get("dang") == "csv":
            return self._file(request.GET.get("bang", "1"))
        return super().serve(request, *args, **kwargs)

    def _file(self, which: str) -> HttpResponse:
        tables = self.read_tables()
        if not (which.isascii() and which.isdigit() and len(which) < 4):
            raise Http404("There is no such table.")
        if not 1 <= int(which) <= len(tables):
            raise Http404("There is no such table.")
        answer = HttpResponse(tables[int(which) - 1].as_csv(), content_type=CSV)
        answer["Content-Disposition"] = f'attachment; filename="{self.slug}-{which}.csv"'
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the tables, each with its chart and the names of the chart's series."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["tables"] = [(table, chart(table), legend(table)) for table in self.read_tables()]
        return context

    def search_body(self, language: str) -> str:
        """Titles, headings, names of rows, sources; not the numbers."""
        stream = self.in_language("tables", language)
        texts: list[str] = []
        for table in read_tables(stream.raw_data) if stream else []:
            texts += [table.title, table.period, table.source, *table.headings]
            texts += [row[0] for row in table.rows if row]
        return "\n".join([text for text in texts if text] + [super().search_body(language)])

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A Dataset whose distributions are the tables."""
        files = [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "name": table.title,
                "contentUrl": f"{address}?dang=csv&bang={place}",
            }
            for place, table in enumerate(self.read_tables(), start=1)
        ]
        return [
            {
                "@type": "Dataset",
                "name": self.display_title,
                "description": self.summary or self.display_title,
                "url": address,
                "dateModified": (self.last_published_at or self.public_at).isoformat(),
                "creator": {
                    "@type": "GovernmentOrganization",
                    "name": self.unit.name if self.unit else "",
                },
                "distribution": files,
            }
        ]
