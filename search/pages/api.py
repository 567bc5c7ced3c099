"""`/api/v1/search`"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.index.requests import FacetValue, Result, SearchResponse
from search.index.service import search
from sites.units.models import AdministrativeUnit

from .params import read_request


@require_safe
def search_api(request: HttpRequest) -> JsonResponse:
    """Answer a search as JSON; 400 with `{"error"}` for parameters that make no sense."""
    try:
        wanted = read_request(request.GET, unit_of(request))
    except ValidationError as error:
        return _json({"error": " ".join(error.messages)}, status=400)
    return _json(as_json(search(wanted)))


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def unit_of(request: HttpRequest) -> AdministrativeUnit | None:
    """The unit whose site was called; None on the editors' host."""
    portal = getattr(request, "portal", None)
    if portal is None:
        return None
    return AdministrativeUnit.objects.filter(pk=portal.unit_id).first()


def as_json(response: SearchResponse) -> dict[str, Any]:
    """A response as the API and `manage.py search --json` print it."""
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
    }


def _facet_value(value: FacetValue) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "count": value.count}
