"""Short ways: `/healthz` and `/readyz` on every host, and the public API on the sites' hosts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, set_urlconf
from django.utils import translation

from search.index.health import search_state

from .models import WorkerHeartbeat

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/v1/"


class HealthMiddleware:
    """Stands before everything else, so that a probe by address or by name gets its answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        if request.path == "/readyz":
            return readiness()
        return self.get_response(request)


def readiness() -> HttpResponse:
    """200 when readers can be served, else 503; with the state of each part.

    Search answers from PostgreSQL while Elasticsearch is away, and pages need no worker, so only
    the database decides.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = "ok" if WorkerHeartbeat.any_alive() else "down"
        parts = {"database": "ok", "search": search_state(), "worker": worker}
    except DatabaseError:
        parts = {"database": "down", "search": "unknown", "worker": "unknown"}
    ready = parts["database"] == "ok"
    status = "ok" if ready else "down"
    return JsonResponse({"status": status, **parts}, status=200 if ready else 503)


class ApiMiddleware:
    """Answers the public API without what serves people only: sessions, forms, messages, redirects.

    Stands inside all that sets headers, compresses or decides on keeping, before all that reads
    cookies. Addresses of the API carry no language.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "portal", None) is None or not request.path_info.startswith(API):
            return self.get_response(request)
        try:
            match = resolve(request.path_info, settings.PUBLIC_URLCONF)
        except Resolver404:
            return self.get_response(request)
        request.resolver_match = match
        set_urlconf(settings.PUBLIC_URLCONF)
        translation.activate(settings.LANGUAGE_CODE)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
