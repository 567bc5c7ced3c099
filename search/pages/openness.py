"""What all addresses of the public API have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from .limits import seconds_to_wait

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "OPTIONS")


def open_to_all(view: View) -> View:
    """For reading from any origin, as often as `limits` allows: else 429 with Retry-After."""

    @csrf_exempt  # nothing is written; a POST is to hear 405, not that a token is missing
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refused(request) or view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Retry-After"
        return response

    return answer


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The answer to what is no reading, or comes too often."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response["Access-Control-Allow-Headers"] = "Accept, Accept-Language"
        response["Access-Control-Max-Age"] = "86400"
        return response
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    wait = math.ceil(seconds_to_wait(request))
    if not wait:
        return None
    message = _("Too many requests from your address. Try again in %(seconds)s seconds.")
    error = {"error": message % {"seconds": wait}}
    response = JsonResponse(error, status=429, json_dumps_params={"ensure_ascii": False})
    response["Retry-After"] = str(wait)
    return response
