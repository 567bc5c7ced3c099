"""The style sheet of a unit's own colours: a pure function of its address, cached for good."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from .own import OwnColours


@require_safe
def own_colours(request: HttpRequest, key: str) -> HttpResponse:
    """`/giao-dien/7d1a1f-c4973f-<signature>.css`. No query; 404 for what was not signed here."""
    try:
        own = OwnColours.from_key(key)
    except ValueError as error:
        raise Http404("There is no such style sheet.") from error
    answer = HttpResponse(own.css, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


urlpatterns = [path("giao-dien/<slug:key>.css", own_colours, name="own_colours")]
