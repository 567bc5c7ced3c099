"""The list of documents with its filters, as readers see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Prefetch
from django.http import HttpRequest

from cms.listings.beside import Beside
from cms.listings.items import items_of
from cms.listings.paging import FilterField, Paging, beginnings, filter_field, named, prefix, typed
from cms.listings.queries import Filter, Listed, Shelf, State
from cms.vocabularies.lookup import issuer_name, terms
from cms.vocabularies.models import DocumentKind, Field, Issuer
from search.text import query_numbers
from sites.distribution.listing import Item
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit

from .models import DocumentFile, DocumentPage
from .validity import STATE_NAMES, Validity

PAGE_SIZE = 20
BY_NUMBER = """
    e.page_id IN (SELECT d.basepage_ptr_id FROM documents_documentpage d
                  WHERE d.number_keys && %(number_keys)s)
"""
BY_WORDS = """
    e.page_id IN (SELECT d.basepage_ptr_id FROM documents_documentpage d
                  WHERE to_tsvector('simple'::regconfig, COALESCE(d.folded, ''))
                        @@ to_tsquery('simple'::regconfig, %(words)s))
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the list, with its validity."""

    item: Item
    validity: Validity


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, cleaned; unknown parameters are ignored."""

    kind: str
    year: str
    issuer: str
    field: str
    state: str
    query: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """From `?loai=…&nam=…&co-quan=…&linh-vuc=…&hieu-luc=…&tu-khoa=…`."""
        parameters = request.GET
        year = parameters.get("nam", "")
        state = parameters.get("hieu-luc", "")
        return cls(
            kind=parameters.get("loai", "")[:60],
            year=year if re.fullmatch(r"(?:19|20|21)\d\d", year, re.ASCII) else "",
            issuer=parameters.get("co-quan", "")[:60],
            field=parameters.get("linh-vuc", "")[:60],
            state=state if state in set(State) else "",
            query=typed(request),
        )

    def as_filter(self) -> Filter:
        """As lists understand it."""
        condition, values = self._by_text()
        return Filter(
            kind=self.kind,
            issuer=self.issuer,
            field=self.field,
            year=int(self.year) if self.year else None,
            state=State(self.state) if self.state else None,
            condition=condition,
            parameters=values,
        )

    def _by_text(self) -> tuple[str, dict[str, Any]]:
        """By number where one was typed, else by all words (each may be the beginning of one)."""
        numbers = query_numbers(self.query)
        if numbers:
            return BY_NUMBER, {"number_keys": [numbers[0].key]}
        words = beginnings(self.query)
        return (BY_WORDS, {"words": words}) if words else ("", {})

    def parameters(self) -> dict[str, str]:
        """As the address says it, "" for what was not asked."""
        return {
            "tu-khoa": self.query, "loai": self.kind, "nam": self.year, "co-quan": self.issuer,
            "linh-vuc": self.field, "hieu-luc": self.state,
        }  # fmt: skip


@dataclass
class DocumentList:
    """One page of the list of documents of a section."""

    rows: list[DocumentRow]
    fields: dict[str, FilterField]
    asked: Asked
    paging: Paging
    beside: Beside | None

    @classmethod
    def for_request(cls, request: HttpRequest, page: Any) -> Self:
        """Read what the address asks for. Raises Http404 for a page that is not there."""
        unit: AdministrativeUnit = page.unit
        sections = sections_of(request, unit)
        shelf = Shelf(unit, page.section_id, sections.sources_of(page.section_id), "document")
        asked = Asked.of(request)
        branches = shelf.branches(asked.as_filter())
        paging = Paging.of(request, sum(branch.count for branch in branches), PAGE_SIZE)
        listed = shelf.page(asked.as_filter(), branches, PAGE_SIZE, paging.offset)
        values, counts = shelf.offered(asked.as_filter(), branches)
        return cls(
            rows=rows_of(listed, sections),
            fields=filter_fields(values, counts, asked, unit),
            asked=asked,
            paging=paging,
            beside=Beside.of(request, shelf, sections),
        )

    @property
    def query(self) -> str:
        """What was typed."""
        return self.asked.query

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return any(self.asked.parameters().values())

    @property
    def query_prefix(self) -> str:
        """What stands before the page number in addresses."""
        return prefix(self.asked.parameters())


def rows_of(listed: list[Listed], sections: Any) -> list[DocumentRow]:
    """Documents with files, in the order of the list. Two queries."""
    files = Prefetch("files", DocumentFile.objects.select_related("document"))
    pages = DocumentPage.objects.defer_streamfields().prefetch_related(files)
    dates = {entry.page_id: entry for entry in listed}
    rows = []
    for item in items_of(listed, pages, sections):
        entry = dates[item.page.pk]
        validity = Validity(entry.state, entry.starts_on, entry.ends_on, entry.changed_on)
        rows.append(DocumentRow(item, validity))
    return rows


def filter_fields(
    values: dict[str, list[str]],
    counts: dict[str, dict[str, int]],
    asked: Asked,
    unit: AdministrativeUnit,
) -> dict[str, FilterField]:
    """The filters with those values that occur in the list, and their counts where known."""
    states = [(state.value, str(STATE_NAMES[state])) for state in State]
    offered = {
        "kind": ("loai", named(DocumentKind, values["kind"]), asked.kind),
        "year": ("nam", [(year, year) for year in reversed(values["year"])], asked.year),
        "issuer": ("co-quan", _issuer_names(values["issuer"], unit), asked.issuer),
        "field": ("linh-vuc", named(Field, values["field"]), asked.field),
        "state": ("hieu-luc", states, asked.state),
    }
    return {
        column: filter_field(name, choices, chosen, counts.get(column))
        for column, (name, choices, chosen) in offered.items()
    }


def _issuer_names(codes: list[str], unit: AdministrativeUnit) -> list[tuple[str, str]]:
    """Issuers with their whole names; local bodies of other units take one query."""
    known = terms(Issuer)
    owners = {code.partition(".")[2] for code in codes} - {"", unit.code}
    units = {unit.code: unit}
    if owners:
        found = AdministrativeUnit.objects.filter(code__in=owners).order_by("valid_to")
        units |= {other.code: other for other in found}
    named = []
    for code in codes:
        body, _dot, owner = code.partition(".")
        issuer = known.get(body)
        name = issuer_name(issuer, units.get(owner)) if isinstance(issuer, Issuer) else code
        named.append((code, name))
    order = {code: number for number, code in enumerate(known)}
    return sorted(named, key=lambda pair: (order.get(pair[0].partition(".")[0], 999), pair[1]))
