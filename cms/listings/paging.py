"""Pages and filters of a list, as templates show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest

from cms.vocabularies.lookup import name_of, terms
from cms.vocabularies.models import Term
from search.text import fold

LONGEST_QUERY = 200
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list this is, and which others there are (`…` where some are left out)."""

    number: int
    size: int
    pages: int
    total: int
    numbers: list[int | str]

    @classmethod
    def of(cls, request: HttpRequest, total: int, size: int, parameter: str = "trang") -> Self:
        """From `?trang=N`. Raises Http404 for a page that is not there."""
        paginator = Paginator(range(total), size)
        raw = request.GET.get(parameter, "1")
        if not (raw.isascii() and raw.isdigit() and len(raw) < 8):
            raise Http404("That is no page number.")
        if not 1 <= int(raw) <= paginator.num_pages:
            raise Http404("There is no such page of this list.")
        elided = paginator.get_elided_page_range(int(raw), on_each_side=2, on_ends=1)
        return cls(int(raw), size, paginator.num_pages, total, list(elided))

    @property
    def offset(self) -> int:
        """How many rows stand before this page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; `count` is how many items of the shown list have it, if known."""

    value: str
    name: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FilterField:
    """One filter of the form: its name in the address and what can be chosen."""

    name: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """What is chosen, if anything."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def filter_field(
    name: str,
    choices: Iterable[tuple[str, str]],
    chosen: str,
    counts: Mapping[str, int] | None = None,
) -> FilterField:
    """A filter from values and their names, with the counts of what is shown.

    Once a value is chosen nothing is known of the others, which are not shown.
    """

    def choice(value: str, text: str) -> Choice:
        count = counts.get(value, 0) if counts is not None and chosen in ("", value) else None
        return Choice(value, text, value == chosen, count)

    return FilterField(name, [choice(value, text) for value, text in choices])


def named(model: type[Term], codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their names, in the order of the vocabulary."""
    order = {code: number for number, code in enumerate(terms(model))}
    return [(code, name_of(model, code)) for code in sorted(codes, key=lambda c: order.get(c, 999))]


def address(asked: Mapping[str, str]) -> str:
    """A query string, empty values left out."""
    return urlencode({name: value for name, value in asked.items() if value})


def prefix(asked: Mapping[str, str]) -> str:
    """What stands before the page number in the addresses of a list."""
    query = address(asked)
    return f"?{query}&" if query else "?"


def beginnings(text: str) -> str:
    """All words of a text for `to_tsquery`, each as the beginning of one; "" without words."""
    return " & ".join(f"'{word}':*" for word in WORD.findall(fold(text)))


def typed(request: HttpRequest, name: str = "tu-khoa") -> str:
    """What a reader typed, in one line without NUL, cut to a sensible length."""
    return " ".join(request.GET.get(name, "").replace("\0", "").split())[:LONGEST_QUERY]
