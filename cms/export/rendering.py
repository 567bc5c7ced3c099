"""Answers of the portal without a web server: the whole stack of middleware, in this process."""

from __future__ import annotations

import io

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase
from django.utils import translation

from sites.hosts.registry import Portal


class Renderer:
    """Asks the portal as an anonymous reader on a site's host would."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def get(self, portal: Portal, path: str) -> tuple[int, str, bytes]:
        """Status, media type and body of an address."""
        language = translation.get_language()
        try:
            response = self._handler.get_response(WSGIRequest(environment(portal, path)))
            return response.status_code, response.get("Content-Type", ""), body_of(response)
        finally:
            translation.activate(language or settings.LANGUAGE_CODE)


def environment(portal: Portal, path: str) -> dict[str, object]:
    """The WSGI environment of a plain GET."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": portal.hostname,
        "SERVER_PORT": settings.PORTAL_PORT_SUFFIX.lstrip(":") or "443",
        "HTTP_HOST": portal.hostname + settings.PORTAL_PORT_SUFFIX,
        "HTTP_X_FORWARDED_PROTO": settings.PORTAL_SCHEME,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": settings.PORTAL_SCHEME,
    }


def body_of(response: HttpResponseBase) -> bytes:
    """What an answer sends, streamed or not.

    The answer is not closed as a server would: that ends the request, and with it the database
    connection that the next pages need. A file that it opened is.
    """
    if not response.streaming:
        return response.content  # type: ignore[attr-defined, no-any-return]
    try:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    finally:
        file = getattr(response, "file_to_stream", None)
        if file is not None:
            file.close()
