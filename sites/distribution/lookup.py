"""Find a page by what people write down: its id or its full address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlparse

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sites.hosts.pages import get_page_model
from sites.hosts.registry import host_map

from .receiving import ADDRESS


def find_page(text: str) -> Any:
    """The page with an id, or at a full address (`http://host/section/slug/`).

    The address of a received item leads to its source. Raises ValidationError.
    """
    pages = get_page_model().objects
    if text.isascii() and text.isdigit() and len(text) < 19:
        page = pages.filter(pk=int(text)).first()
    else:
        page = _page_at(text)
    if page is None:
        raise ValidationError(_("There is no page “%(text)s”.") % {"text": text[:200]})
    return page


def _page_at(address: str) -> Any:
    parts = urlparse(address)
    portal = host_map(recheck=True).by_host.get(parts.hostname or "")
    if portal is None:
        return None
    components = [part for part in parts.path.split("/") if part and part != "en"]
    received = ADDRESS.match(components[-1]) if components else None
    pages = get_page_model().objects
    if received:
        return pages.filter(pk=int(received["page"])).first()
    home = pages.get(pk=portal.root_page_id)
    return pages.filter(url_path=home.url_path + "".join(f"{part}/" for part in components)).first()
