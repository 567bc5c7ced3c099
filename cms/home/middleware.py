"""Gives Wagtail the requested site without asking the database for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from sites.hosts.registry import Portal
from themes.surroundings import surroundings_of


class SiteMiddleware:
    """Sets what `Site.find_for_request` looks for; stands behind HostMiddleware.

    The home page comes from what the process knows of the site's frame, so that a page is found
    without three queries for site and home page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        portal: Portal | None = getattr(request, "portal", None)
        if portal is not None:
            site = SimpleLazyObject(lambda: site_of(request, portal))
            request._wagtail_site = site  # type: ignore[attr-defined]
        return self.get_response(request)


def site_of(request: HttpRequest, portal: Portal) -> Site:
    """The site of a portal, with its home page where that exists."""
    site = Site(pk=portal.site_id, hostname=portal.hostname, root_page_id=portal.root_page_id)
    around = surroundings_of(request)
    if around is not None and around.home is not None:
        site.root_page = around.home
    return site
