"""The search page of every site. Everything it shows follows from its address."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cms.sections.kinds import page_types
from search.index.requests import LAST_RESULT, FacetValue, Result, SearchRequest, SearchResponse
from search.index.service import search
from search.office.counting import count_search
from sites.hosts.versions import version_of
from sites.units.models import AdministrativeUnit
from themes.names import unit_name

from .addresses import FACETS, NARROWING, SHOWN_QUERY, YEAR, Address, Choice
from .answers import answer_for
from .api import unit_of
from .chips import chips
from .feed import WRITERS, search_feed
from .openapi import description
from .params import read_date, read_request
from .promoted import promoted_for
from .wording import accented, alike, folded

logger = logging.getLogger("liencap.search")

SCOPES = (
    ("all", gettext_lazy("All levels")),
    ("unit", gettext_lazy("This site")),
    ("level", gettext_lazy("This level")),
)
# Below so many results other ways to search are offered.
FEW = 4
ROBOTS = ("bot", "crawl", "spider", "slurp")


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """One way to narrow the results; `is_open` when it is in use."""

    name: str
    label: str
    choices: list[Choice]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with the names of its type and of its section, "" where there is nothing to say."""

    result: Result
    type: str
    section: str


class CountedPage(TemplateResponse):
    """Counts its search after it has been sent: nobody waits for the statistics."""

    count: Callable[[], None]

    def close(self) -> None:
        """Called by the server when everything was sent."""
        try:
            self.count()
        except DatabaseError as error:
            logger.warning("A search was not counted: %s", error)
        finally:
            super().close()


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results, or the empty form; status 400 with a sentence when the address makes no sense.

    `?dang=rss` and `?dang=atom` give the newest results as a feed.
    """
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
        wanted = replace(read_request(request.GET, unit), version=version_of(request))
        form = _feed_form(request)
    except ValidationError as error:
        context["error"] = " ".join(error.messages)
        return TemplateResponse(request, "themes/search.html", context, status=400)
    if not wanted.text.strip():
        return TemplateResponse(request, "themes/search.html", context)
    if form:
        return search_feed(request, wanted, form)
    response = search(wanted)
    context |= _result_context(wanted, response, address)
    if _is_continued(request, address):
        return TemplateResponse(request, "themes/search.html", context)
    page = CountedPage(request, "themes/search.html", context)
    page.count = partial(count_search, response.parsed, unit.code, is_empty=not response.total)
    return page


def _feed_form(request: HttpRequest) -> str:
    """The feed that is asked for; "" for the page. Raises ValidationError."""
    form = request.GET.get("dang", "")
    if form and form not in WRITERS:
        raise ValidationError(_("There is no feed of the kind “%(form)s”.") % {"form": form[:20]})
    if form and not request.GET.get("q", "").strip():
        raise ValidationError(_("A feed needs words to search for."))
    return form


def _is_continued(request: HttpRequest, address: Address) -> bool:
    """Whether this only goes on with a search, or is no person's."""
    agent = request.headers.get("user-agent", "").lower()
    is_robot = any(word in agent for word in ROBOTS)
    return is_robot or address.uses("page", "sort", *NARROWING)


def _result_context(
    wanted: SearchRequest, response: SearchResponse, address: Address
) -> dict[str, object]:
    """Everything that the template shows for a search."""
    promoted = promoted_for(wanted, response)
    above = {result.id for result in promoted}
    context: dict[str, object] = {
        "response": response,
        "promoted": [_shown(result) for result in promoted],
        "results": [_shown(result) for result in response.results if result.id not in above],
        "answer": answer_for(wanted, response),
        "sorts": address.choices(
            "sort", (("relevance", _("Best match")), ("date", _("Newest"))), "relevance"
        ),
        "facets": _facets(address, response.facets),
        "chips": chips(address, response.facets),
        "kept": address.kept(*YEAR),
        "since": read_date(address.get("from")),
        "until": read_date(address.get("to")),
        "all_results_url": address.without_facets() if address.uses(*NARROWING) else "",
        "everywhere_url": address.with_(scope="all") if wanted.scope != "all" else "",
        "rss_url": address.with_(dang="rss"),
        "atom_url": address.with_(dang="atom"),
    }
    if response.suggestion:
        suggestion = accented(response.suggestion)
        context |= {"suggestion": suggestion, "suggestion_url": address.with_(q=suggestion)}
    if response.total < FEW:
        context["alike"] = [
            *_numbers(wanted, response, address),
            *_alike(response, wanted.unit, address),
        ]
    return context | _paging(wanted, response, address)


def _numbers(wanted: SearchRequest, response: SearchResponse, address: Address) -> list[Choice]:
    """The number that was typed without its year, where nothing has it with that year but
    something without. One more search."""
    if response.total or len(response.parsed.numbers) != 1 or not response.parsed.numbers[0].year:
        return []
    number = response.parsed.numbers[0]
    text = re.sub(rf"[/\s-]*{number.year}(?=[/\s-]|$)", "", response.parsed.text, count=1).strip()
    found = search(replace(wanted, text=text, page=1, size=1)) if text else None
    if not found or not found.total or not found.parsed.numbers:
        return []
    return [Choice(text, address.with_(q=text), False, found.total)]


def _alike(
    response: SearchResponse, unit: AdministrativeUnit | None, address: Address
) -> list[Choice]:
    """Searches for texts that begin like this one, without those that are shown already."""
    shown = {folded(result.title) for result in response.results} | {response.parsed.folded}
    texts = [text for text in alike(response.parsed, unit) if folded(text) not in shown]
    return [Choice(text, address.with_(q=text), False) for text in texts]


def _shown(result: Result) -> Shown:
    """Where the section is named like the type, one of them is enough."""
    model = page_types().get(result.type)
    name = str(model._meta.verbose_name).capitalize() if model else ""
    section = result.section.name if result.section else ""
    is_said = section.lower() in (name.lower(), f"{name.lower()}s")
    return Shown(result, name, "" if is_said else section)


def _facets(address: Address, values: dict[str, list[FacetValue]]) -> list[FacetLinks]:
    """Those that say something: with a choice, or in use."""
    found = []
    for name, label in FACETS:
        choices = address.facet(name, values.get(name, []))
        in_use = any(choice.holds_current for choice in choices)
        has_choice = len(choices) > 1 or any(choice.below for choice in choices)
        if choices and (has_choice or in_use):
            found.append(FacetLinks(name, str(label), choices, in_use))
    return found


def _paging(wanted: SearchRequest, response: SearchResponse, address: Address) -> dict[str, object]:
    paginator = Paginator(range(min(response.total, LAST_RESULT)), wanted.size)
    elided = paginator.get_elided_page_range(
        min(wanted.page, paginator.num_pages), on_each_side=1, on_ends=1
    )
    numbers = [
        Choice(str(entry), address.with_(page=str(entry)), entry == wanted.page) for entry in elided
    ]
    last = paginator.num_pages
    return {
        "pages": last,
        "page_number": wanted.page,
        "numbers": numbers if last > 1 else [],
        "previous_url": address.with_(page=str(min(wanted.page - 1, last)))
        if wanted.page > 1
        else "",
        "next_url": address.with_(page=str(wanted.page + 1)) if wanted.page < last else "",
    }


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch 1.1 description of a site, so that browsers offer its search."""
    unit = unit_of(request)
    if unit is None:
        raise Http404("The editors' side has no public search.")
    root = f"{request.scheme}://{request.get_host()}"
    context = {"name": unit_name(unit), "root": root}
    response = TemplateResponse(request, "themes/search/opensearch.xml", context)
    response["Content-Type"] = "application/opensearchdescription+xml; charset=utf-8"
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """The description of the API for people."""
    if unit_of(request) is None:
        raise Http404("The editors' side has no public search.")
    root = f"{request.scheme}://{request.get_host()}"
    document = description(root)
    paths = [(path, methods["get"]) for path, methods in document["paths"].items()]
    context = {"api": document["info"], "paths": paths, "root": root}
    return TemplateResponse(request, "themes/search/api.html", context)
