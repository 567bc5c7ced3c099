"""The list of procedures with its filters, as readers see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Self

from django.http import HttpRequest

from cms.listings.beside import Beside
from cms.listings.items import items_of
from cms.listings.paging import FilterField, Paging, filter_field, named, prefix, typed
from cms.listings.queries import Filter, Shelf
from cms.vocabularies.models import Field
from search.text import fold
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of
from sites.units.models import Tier

from .models import ProcedurePage

PAGE_SIZE = 60
# More than any authority has; the whole list is sorted by the alphabet.
MOST = 5000
POPULAR = 8
AMONG = "e.page_id = ANY(%(found)s)"
NATIONAL_CODE = re.compile(r"\d\.\d{6}")


@dataclass(frozen=True, slots=True)
class Letter:
    """The procedures whose names begin with one letter."""

    name: str
    items: list[Item]


@dataclass
class ProcedureList:
    """One page of the list of procedures of a section, in the order of the alphabet."""

    letters: list[Letter]
    popular: list[Item]
    fields: dict[str, FilterField]
    query: str
    level: str
    field: str
    paging: Paging
    beside: Beside | None

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> Self:
        """From `?cap=…&linh-vuc=…&tu-khoa=…&trang=…`. Raises Http404 for a missing page."""
        sections = sections_of(request, page.unit)
        sources = sections.sources_of(page.section_id)
        shelf = Shelf(page.unit, page.section_id, sources, "procedure")
        level, field = request.GET.get("cap", "")[:60], request.GET.get("linh-vuc", "")[:60]
        query = typed(request)
        wanted = Filter(kind=level, field=field)
        listed = {e.page_id: e for e in shelf.newest(MOST, wanted)}
        ids = _in_order(list(listed), query)
        if query:
            wanted = replace(wanted, condition=AMONG, parameters={"found": ids})
        values, counts = shelf.offered(wanted, shelf.present)
        paging = Paging.of(request, len(ids), PAGE_SIZE)
        is_whole = not (query or level or field) and paging.number == 1
        popular = _popular(list(listed)) if is_whole else []
        here = ids[paging.offset : paging.offset + PAGE_SIZE]
        items = {
            item.page.pk: item
            for item in items_of([listed[pk] for pk in {*here, *popular}], _pages(), sections)
        }
        return cls(
            letters=_letters([items[pk] for pk in here]),
            popular=[items[pk] for pk in popular],
            fields={
                "level": filter_field("cap", _levels(values["kind"]), level, counts.get("kind")),
                "field": filter_field(
                    "linh-vuc", named(Field, values["field"]), field, counts.get("field")
                ),
            },
            query=query,
            level=level,
            field=field,
            paging=paging,
            beside=Beside.of(request, shelf, sections),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.query or self.level or self.field)

    @property
    def query_prefix(self) -> str:
        """What stands before the page number in addresses."""
        return prefix({"tu-khoa": self.query, "cap": self.level, "linh-vuc": self.field})


def _pages() -> Any:
    return ProcedurePage.objects.defer_streamfields()


def _in_order(ids: list[int], query: str) -> list[int]:
    """Ids by the alphabet; only those with a typed code, or with all typed words. One query."""
    pages = ProcedurePage.objects.filter(pk__in=ids).order_by("sort_text", "pk")
    if code := NATIONAL_CODE.search(query):
        pages = pages.filter(code__startswith=code[0])
    else:
        for word in fold(query).split():
            pages = pages.filter(folded__contains=word)
    return list(pages.values_list("pk", flat=True))


def _popular(ids: list[int]) -> list[int]:
    pages = ProcedurePage.objects.filter(pk__in=ids, is_popular=True).order_by("sort_text")
    return list(pages.values_list("pk", flat=True)[:POPULAR])


def _levels(codes: list[str]) -> list[tuple[str, str]]:
    return [(tier.value, str(tier.label)) for tier in Tier if tier in codes]


def _letters(items: list[Item]) -> list[Letter]:
    """Items under the first letter of their names, Đ being a letter of its own."""
    return [
        Letter(letter, list(group))
        for letter, group in groupby(items, key=lambda item: item.page.title[:1].upper())
    ]
