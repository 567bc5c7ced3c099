"""The search page of every site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def search_page(request: HttpRequest) -> HttpResponse:
    """Placeholder until the page is written."""
    return HttpResponse(status=404)
