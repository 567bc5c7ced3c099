"""The search page of every site. Everything it shows follows from its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from search.index.requests import (
    LAST_RESULT,
    FacetValue,
    SearchRequest,
    SearchResponse,
)
from search.index.service import search

from .api import unit_of
from .params import read_request

# How many characters of what was typed are put into links and the search field again.
SHOWN_QUERY = 200
SCOPES = (
    ("all", gettext_lazy("All levels")),
    ("unit", gettext_lazy("This site")),
    ("level", gettext_lazy("This level")),
)
FACETS = (
    ("section", gettext_lazy("Section")),
    ("tier", gettext_lazy("Level")),
    ("unit", gettext_lazy("Issued by")),
    ("year", gettext_lazy("Year")),
)
# The parameters of the address that a facet sets.
PARAMETERS: dict[str, tuple[str, ...]] = {
    "section": ("section",),
    "tier": ("tier",),
    "unit": ("publisher",),
    "year": ("from", "to"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing about the search."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """One way to narrow the results; `is_open` when it is in use."""

    label: str
    choices: list[Choice]
    is_open: bool


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results, or the empty form; status 400 with a sentence when the address makes no sense."""
    unit = unit_of(request)
    if unit is None:
        raise Http404("The editors' side has no public search.")
    address = Address(request.GET)
    context: dict[str, object] = {
        "query": request.GET.get("q", "")[:SHOWN_QUERY],
        "scope": request.GET.get("scope") or "all",
        "scopes": address.choices("scope", SCOPES, "all"),
    }
    try:
        wanted = read_request(request.GET, unit)
    except ValidationError as error:
        context["error"] = " ".join(error.messages)
        return TemplateResponse(request, "themes/search.html", context, status=400)
    if wanted.text.strip():
        context |= _result_context(wanted, search(wanted), address)
    return TemplateResponse(request, "themes/search.html", context)


class Address:
    """Links that keep the search and change one thing, back at the first page of results."""

    def __init__(self, values: QueryDict) -> None:
        self._values = values

    def with_(self, **changes: str | None) -> str:
        """The query string with parameters set, or removed (None, empty)."""
        values = self._values.copy()
        values["q"] = values.get("q", "")[:SHOWN_QUERY]
        for name, value in {"page": None, **changes}.items():
            if value:
                values[name] = value
            else:
                values.pop(name, None)
        return "?" + values.urlencode()

    def choices(
        self, name: str, options: tuple[tuple[str, object], ...], default: str
    ) -> list[Choice]:
        """Links for the values of a parameter that always has one."""
        current = self._values.get(name) or default
        return [
            Choice(str(label), self.with_(**{name: value}), value == current)
            for value, label in options
        ]

    def facet(self, name: str, values: list[FacetValue]) -> list[Choice]:
        """Links that narrow by a facet; the one in use takes the restriction away again."""
        links = []
        for value in values:
            wanted = _parameters_of(name, value.value)
            is_current = all(self._values.get(key) == text for key, text in wanted.items())
            cleared = dict.fromkeys(wanted)
            url = self.with_(**(cleared if is_current else wanted))
            links.append(Choice(value.label, url, is_current, value.count))
        return links

    def uses(self, name: str) -> bool:
        """Whether the search is narrowed by a facet."""
        return any(self._values.get(key) for key in PARAMETERS[name])

    def without_facets(self) -> str:
        """The same search, not narrowed."""
        return self.with_(**{key: None for keys in PARAMETERS.values() for key in keys})


def _parameters_of(facet: str, value: str) -> dict[str, str]:
    if facet == "year":
        return {"from": f"{value}-01-01", "to": f"{value}-12-31"}
    return {PARAMETERS[facet][0]: value}


def _result_context(
    wanted: SearchRequest, response: SearchResponse, address: Address
) -> dict[str, object]:
    paginator = Paginator(range(min(response.total, LAST_RESULT)), wanted.size)
    elided = paginator.get_elided_page_range(
        min(wanted.page, paginator.num_pages), on_each_side=1, on_ends=1
    )
    numbers = [
        Choice(str(entry), address.with_(page=str(entry)), entry == wanted.page) for entry in elided
    ]
    facets = [
        FacetLinks(str(label), choices, address.uses(name))
        for name, label in FACETS
        if (choices := address.facet(name, response.facets[name]))
        and (len(choices) > 1 or address.uses(name))
    ]
    narrowed = any(address.uses(name) for name in PARAMETERS)
    return {
        "response": response,
        "sorts": address.choices(
            "sort", (("relevance", _("Best match")), ("date", _("Newest"))), "relevance"
        ),
        "facets": facets,
        "all_results_url": address.without_facets() if narrowed else "",
        "everywhere_url": address.with_(scope="all") if wanted.scope != "all" else "",
        "suggestion_url": address.with_(q=response.suggestion) if response.suggestion else "",
        "pages": paginator.num_pages,
        "page_number": wanted.page,
        "numbers": numbers if paginator.num_pages > 1 else [],
        "previous_url": address.with_(page=str(wanted.page - 1)) if wanted.page > 1 else "",
        "next_url": (
            address.with_(page=str(wanted.page + 1)) if wanted.page < paginator.num_pages else ""
        ),
    }
