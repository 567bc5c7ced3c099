"""`/healthz` and `/readyz` answer on every host, known or not."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from search.index.health import search_state

from .models import WorkerHeartbeat

Handler = Callable[[HttpRequest], HttpResponse]


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
