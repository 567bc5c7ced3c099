"""Decides by the host which site or side a request belongs to, before anything else runs."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import timezone

from .registry import host_map, tokens_of_request

Handler = Callable[[HttpRequest], HttpResponse]


class HostMiddleware:
    """Set `request.portal`, choose the URL configuration, refuse hosts that are nobody's.

    - a site's host: `request.portal` is its `Portal`, and the editors' paths do not exist;
    - a further host: permanent redirect to the site's own host;
    - the editors' host: `request.portal` is None and every path exists;
    - any other host, or a forged one: 404 that names no other site.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.portal = None  # type: ignore[attr-defined]
        try:
            host = request.get_host().rsplit(":", 1)[0].rstrip(".").lower()
        except DisallowedHost:
            return unknown_host()
        tokens = tokens_of_request()
        hosts = host_map(tokens=tokens)
        version = (tokens.hosts, tokens.frame, timezone.localdate())
        request.frame_version = version  # type: ignore[attr-defined]
        portal = hosts.by_host.get(host)
        if portal:
            request.portal = portal  # type: ignore[attr-defined]
            request.urlconf = settings.PUBLIC_URLCONF  # type: ignore[attr-defined]
            return self.get_response(request)
        if host in settings.EDITORS_HOSTS:
            return self.get_response(request)
        alias = hosts.aliases.get(host)
        if alias:
            return HttpResponsePermanentRedirect(alias.root_url + request.get_full_path())
        return unknown_host()


def unknown_host() -> HttpResponse:
    """The answer to a host that belongs to no site."""
    return HttpResponse(render_to_string("hosts/unknown_host.html"), status=404)
