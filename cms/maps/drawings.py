"""Drawings that editors upload, and the interactive maps that may be embedded."""

from __future__ import annotations

from urllib.parse import urlparse

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from py_svg_hush import filter_svg

MAX_BYTES = 1_000_000
EMBEDS = {
    "www.openstreetmap.org": "/export/embed.html",
    "www.google.com": "/maps/embed",
    "maps.google.com": "/maps/embed",
}


def clean_drawing(data: bytes) -> str:
    """An SVG without scripts, foreign content and outside references.

    Raises ValidationError for what is too large or no SVG.
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The drawing is too large."))
    try:
        cleaned = filter_svg(data, {"image": ["png", "jpeg", "webp"]}).decode()
    except (ValueError, UnicodeDecodeError) as error:
        raise ValidationError(_("This file is no SVG drawing.")) from error
    if "<svg" not in cleaned[:2000]:
        raise ValidationError(_("This file is no SVG drawing."))
    return cleaned


def embedded_map(url: str) -> str:
    """The address of an interactive map on the allow-list, or an empty text."""
    parts = urlparse(url)
    allowed = EMBEDS.get(parts.hostname or "")
    is_allowed = parts.scheme == "https" and allowed is not None and parts.path == allowed
    return url if is_allowed else ""
