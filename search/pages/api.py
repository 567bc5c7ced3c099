"""The public API of the search: `/api/v1/search`, `/api/v1/suggest`, and its description."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.index.names import names_for
from search.index.requests import FacetValue, Result, SearchRequest, SearchResponse
from search.index.service import search
from search.office.counting import count_click
from search.suggest.lookup import suggest
from sites.hosts.registry import Portal
from sites.hosts.versions import version_of
from sites.units.models import AdministrativeUnit

from .answers import answer_for
from .limits import seconds_to_wait
from .openapi import description
from .openness import open_to_all
from .params import read_request
from .promoted import promoted_for

SUGGESTIONS_KEPT = "public, max-age=60"


@open_to_all
def search_api(request: HttpRequest) -> HttpResponse:
    """Answer a search as JSON; 400 with `{"error"}` for parameters that make no sense."""
    try:
        wanted = replace(read_request(request.GET, unit_of(request)), version=version_of(request))
    except ValidationError as error:
        return _json({"error": " ".join(error.messages)}, status=400)
    return _json(as_json(wanted, search(wanted)))


@open_to_all
def suggest_api(request: HttpRequest) -> HttpResponse:
    """What to offer for the beginning of a query."""
    typed = request.GET.get("q", "")
    offers = suggest(typed, unit_of(request))
    response = _json(
        {
            "query": typed,
            "suggestions": [
                {"text": offer.text, "kind": offer.kind, "detail": offer.detail or None}
                for offer in offers
            ],
        }
    )
    response["Cache-Control"] = SUGGESTIONS_KEPT
    return response


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API for programs, with this host as the server."""
    return _json(description(f"{request.scheme}://{request.get_host()}"))


@csrf_exempt  # sent by the page when it is left, without cookies; see _is_own_page
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Count that a result of a search was opened; answers 204 whatever was sent."""
    portal: Portal | None = getattr(request, "portal", None)
    if portal and _is_own_page(request) and not seconds_to_wait(request):
        code = AdministrativeUnit.objects.values_list("code", flat=True).get(pk=portal.unit_id)
        count_click(request.POST.get("q", "")[:200].replace("\0", ""), code)
    return HttpResponse(status=204)


def _is_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent the request."""
    origin = request.headers.get("origin", "")
    return urlsplit(origin).netloc == request.get_host()


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(data), content_type="application/json", status=status)


def unit_of(request: HttpRequest) -> AdministrativeUnit | None:
    """The unit whose site was called; None on the editors' host."""
    portal = getattr(request, "portal", None)
    if portal is None:
        return None
    return names_for(version_of(request)).units([portal.unit_id]).get(portal.unit_id)


def as_json(request: SearchRequest, response: SearchResponse) -> dict[str, Any]:
    """A response as the API and `manage.py search --json` print it."""
    answer = answer_for(request, response)
    return {
        "query": response.query,
        "total": response.total,
        "engine": str(response.engine),
        "took_ms": response.took_ms,
        "results": [_result(result) for result in response.results],
        "facets": {
            name: [_facet_value(value) for value in values]
            for name, values in response.facets.items()
        },
        "suggestion": response.suggestion,
        "relaxed": response.relaxed,
        "promoted": [_result(result) for result in promoted_for(request, response)],
        "answer": answer.as_json() if answer else None,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "source_id": result.source_id,
        "title": result.title,
        "url": result.url,
        "summary": result.summary,
        "highlight": result.highlight,
        "type": result.type,
        "section": result.section.code if result.section else None,
        "date": result.date.isoformat(),
        "unit": {
            "code": result.unit.code,
            "name": result.unit.name,
            "tier": result.unit.tier,
        },
        "file": _file(result),
    }


def _file(result: Result) -> dict[str, Any] | None:
    """The file of a page in which the query was found."""
    if result.file is None:
        return None
    return {
        "title": result.file.title,
        "name": result.file.filename,
        "url": result.root_url + result.file.path,
        "type": result.file.type,
        "place": result.file.number,
        "highlight": result.file.highlight,
    }


def _facet_value(value: FacetValue) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "count": value.count}
