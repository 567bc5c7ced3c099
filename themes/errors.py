"""Error pages in the site's own dress."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the site's header, search form and sections where there is a site."""
    return render(request, "themes/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without request and context processors: the database may be what failed."""
    response = HttpResponse(loader.render_to_string("themes/500.html"), status=500)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
