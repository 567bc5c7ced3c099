"""How long a public page may be kept, by whom, and under which keys it is forgotten (design §3).

A page is the same for everybody who sends no cookie. A shared cache in front keeps it for a short
time and may show it a little longer while it asks again, or much longer while the portal is down;
browsers ask each time and are told that nothing changed. With caches that the portal can purge,
the time is longer, since changes reach them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

from themes.surroundings import surroundings_of

Handler = Callable[[HttpRequest], HttpResponse]
KEPT_STATUSES = {200, 301, 308, 404, 410}
DAY = 86_400
PURGED, UNPURGED, MISSING = 300, 20, 10  # seconds in a shared cache


class PublicCacheMiddleware:
    """Sets Cache-Control, keys and ETag of what a site's host answers; answers 304.

    Stands outside the session, so that it sees whether the answer depends on a cookie.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "portal", None) is None or request.method not in ("GET", "HEAD"):
            return response
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = cache_control(response)
        if "public" not in response["Cache-Control"]:
            return response
        _drop_language_from_vary(response)
        if "s-maxage" in response["Cache-Control"]:
            _add_keys(request, response)
        return _conditional(request, response)


def cache_control(response: HttpResponse) -> str:
    """`public` only for what is the same for everybody."""
    if response.cookies or "cookie" in response.get("Vary", "").lower():
        return "private, no-cache"
    if response.status_code not in KEPT_STATUSES:
        return "no-store"
    if response.status_code == 404:
        return shared_for(MISSING)
    return shared_for() if _page_of(response) is not None else "public, no-cache"


def shared_for(seconds: int | None = None) -> str:
    """Cache-Control for a number of seconds in shared caches; browsers ask each time."""
    if seconds is None:
        seconds = PURGED if settings.PURGE_URLS else UNPURGED
    late = f"stale-while-revalidate={seconds}, stale-if-error={DAY}"
    return f"public, max-age=0, s-maxage={seconds}, {late}"


def publicly_cached(seconds: int | None = None) -> Callable[[Any], Any]:
    """For views that are no pages (feeds, site maps): lists that shared caches may keep."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = shared_for(seconds)
            return response

        return wrapped

    return decorate


# --------------------------------------------------------------------------------------------- keys


def page_key(page_id: int) -> str:
    """Everything that shows this page itself."""
    return f"page-{page_id}"


def list_keys(tokens: Iterable[str]) -> list[str]:
    """Home pages, sections and feeds of the units that answer to audience tokens."""
    return [f"list-{token.replace(':', '-')}" for token in tokens]


def frame_keys(tokens: Iterable[str]) -> list[str]:
    """Every page of the units that answer to audience tokens."""
    return [f"frame-{token.replace(':', '-')}" for token in tokens]


def _add_keys(request: HttpRequest, response: HttpResponse) -> None:
    around = surroundings_of(request)
    if around is None or around.unit is None:
        return
    tokens = around.unit.tokens()
    page = _page_of(response)
    keys = frame_keys(tokens)
    if page is not None:
        keys.append(page_key(page.pk))
    if page is None or not page.listed:
        keys += list_keys(tokens)
    response["Surrogate-Key"] = response["xkey"] = " ".join(keys)


def _page_of(response: HttpResponse) -> Any:
    context = getattr(response, "context_data", None) or {}
    page = context.get("page")
    return page if hasattr(page, "listed") else None


# -------------------------------------------------------------------------------------- conditional


def _drop_language_from_vary(response: HttpResponse) -> None:
    """The language follows from the address alone (`/en/…`), never from the browser's wish."""
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in names if name and name.lower() != "accept-language"]
    if kept:
        response["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response["Vary"]


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200 or response.streaming:
        return response
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response.get("ETag"), response=response)
    assert answer is not None
    return answer
