"""`{% picture %}`: a picture in the formats and sizes that exist, without making any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..models import PortalImage, PortalRendition
from ..renditions import SHAPES, made_renditions

register = template.Library()

# Until the worker has made the sizes, the original is shown unless it is heavier than this.
LARGEST_ORIGINAL = 400_000


@register.simple_tag
def picture(image: PortalImage | None, shape: str, **attributes: Any) -> SafeString:
    """`<picture>` with AVIF and WebP sources; nothing for no picture.

    `shape` is one of `cms.media.renditions.SHAPES`. `alt` (default: decoration), `sizes`,
    `loading` and so on become attributes of `<img>`.
    """
    if image is None:
        return SafeString("")
    made = made_renditions(image)
    webp = _existing(made, shape, "webp")
    sizes = attributes.pop("sizes", "")
    attributes = {"alt": ""} | {
        name: value for name, value in attributes.items() if value is not None
    }
    if not webp:
        return _original(image, attributes)
    largest = webp[-1]
    shown = {"src": largest.url, "width": largest.width, "height": largest.height}
    inner = format_html("<img{}>", flatatt(shown | _srcset(webp, sizes) | attributes))
    avif = _existing(made, shape, "avif")
    if len(avif) < len(webp):
        return inner
    source = {"type": "image/avif"} | (_srcset(avif, sizes) or {"srcset": avif[0].url})
    return format_html("<picture><source{}>{}</picture>", flatatt(source), inner)


def _existing(
    made: dict[str, PortalRendition], shape: str, file_format: str
) -> list[PortalRendition]:
    specs = (f"{size}|format-{file_format}" for size in SHAPES[shape])
    found = [made[spec] for spec in specs if spec in made]
    return sorted(found, key=lambda rendition: rendition.width)


def _srcset(renditions: Sequence[PortalRendition], sizes: str) -> dict[str, str]:
    if len(renditions) < 2:
        return {}
    candidates = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
    return {"srcset": candidates, "sizes": sizes or "100vw"}


def _original(image: PortalImage, attributes: dict[str, Any]) -> SafeString:
    if image.file_size and image.file_size > LARGEST_ORIGINAL:
        return SafeString("")
    shown = {"src": image.file.url, "width": image.width, "height": image.height}
    return format_html("<img{}>", flatatt(shown | attributes))
