"""What a browser may load on a resident's page: only what the site itself serves.

Nothing inline, nothing from elsewhere; players and maps of the allow-list only in frames, which
the pages make when a reader asks for them. The editors' side is Wagtail's and has no such policy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
HEADER = "Content-Security-Policy"


class ContentSecurityPolicyMiddleware:
    """Adds the policy to what a site's host answers, unless the view has a stricter one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "portal", None) is not None and not response.has_header(HEADER):
            response[HEADER] = public_policy()
        return response


@lru_cache(maxsize=1)
def public_policy() -> str:
    """The policy of every residents' page of this installation."""
    media = " ".join(["'self'", *media_origin()])
    directives = {
        "default-src": "'self'",
        "img-src": media,
        "media-src": media,
        "frame-src": " ".join(["'self'", *settings.EMBED_ORIGINS]),
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    parts = [f"{name} {value}" for name, value in directives.items()]
    if settings.PORTAL_SCHEME == "https":
        parts.append("upgrade-insecure-requests")
    return "; ".join(parts)


def media_origin() -> list[str]:
    """The origin of pictures and files where they lie in a store of their own."""
    if not settings.MEDIA.startswith("s3://"):
        return []
    parts = urlsplit(default_storage.url("x"))
    return [f"{parts.scheme}://{parts.netloc}"]
