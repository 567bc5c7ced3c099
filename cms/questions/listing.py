"""The list of questions with its filters, as readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest

from cms.listings.beside import Beside
from cms.listings.items import items_of
from cms.listings.paging import FilterField, Paging, beginnings, filter_field, named, prefix, typed
from cms.listings.queries import Filter, Shelf
from cms.vocabularies.models import Field
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of

from .models import QuestionPage, faq_page

PAGE_SIZE = 20
BY_WORDS = """
    e.page_id IN (SELECT q.basepage_ptr_id FROM questions_questionpage q
                  WHERE to_tsvector('simple'::regconfig, COALESCE(q.folded, ''))
                        @@ to_tsquery('simple'::regconfig, %(words)s))
"""


@dataclass
class QuestionList:
    """One page of the questions of a section, the newest first."""

    items: list[Item]
    fields: dict[str, FilterField]
    query: str
    field: str
    paging: Paging
    beside: Beside | None

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> Self:
        """From `?linh-vuc=…&tu-khoa=…&trang=…`. Raises Http404 for a page that is not there."""
        sections = sections_of(request, page.unit)
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "question")
        query, field = typed(request), request.GET.get("linh-vuc", "")[:60]
        words = beginnings(query)
        condition = (BY_WORDS, {"words": words}) if words else ("", {})
        wanted = Filter(field=field, condition=condition[0], parameters=condition[1])
        branches = shelf.branches(wanted)
        paging = Paging.of(request, sum(branch.count for branch in branches), PAGE_SIZE)
        listed = shelf.page(wanted, branches, PAGE_SIZE, paging.offset)
        values, counts = shelf.offered(wanted, branches)
        fields = named(Field, values["field"])
        return cls(
            items=items_of(listed, QuestionPage.objects.all(), sections),
            fields={"field": filter_field("linh-vuc", fields, field, counts.get("field"))},
            query=query,
            field=field,
            paging=paging,
            beside=Beside.of(request, shelf, sections),
        )

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org FAQPage of what this page of the list shows; filtered lists have none."""
        return [] if self.is_filtered else faq_page(address, (item.page for item in self.items))

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.query or self.field)

    @property
    def query_prefix(self) -> str:
        """What stands before the page number in addresses."""
        return prefix({"tu-khoa": self.query, "linh-vuc": self.field})
