"""From the address in a browser to the public page that stands there."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from sites.distribution import receiving
from sites.hosts.pages import get_page_model
from sites.hosts.registry import host_map

LANGUAGE_PREFIX = re.compile(
    "^/(?:" + "|".join(code for code, _ in settings.LANGUAGES[1:]) + ")(?=/)"
)


def public_page_at(address: str) -> Any | None:
    """The page that readers find in lists at an address, or None.

    Private pages and drafts are none, so that nobody learns of them here.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # "http://["
        return None
    hosts = host_map()
    portal = hosts.by_host.get(parts.hostname or "") or hosts.aliases.get(parts.hostname or "")
    if portal is None:
        return None
    path = LANGUAGE_PREFIX.sub("", unquote(parts.path)).strip("/")
    pages = get_page_model().objects.filter(live=True, listed=True)
    last = path.rsplit("/", 1)[-1]
    if received := receiving.ADDRESS.match(last):
        page = pages.filter(pk=int(received["page"])).first()
    else:
        home = get_page_model().objects.filter(pk=portal.root_page_id)
        root = home.values_list("url_path", flat=True).get()
        page = pages.filter(url_path=f"{root}{path}/").first()
    if page is None or receiving.is_over(page) or receiving.is_private(page):
        return None
    return page
