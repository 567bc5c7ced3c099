"""The sizes in which pages show a picture, made before a reader asks for them.

Templates name a shape (`{% picture image "card" %}`); each shape is a row of sizes, so that a phone
loads the small one. AVIF saves about 15 % over WebP and takes five times as long to make (0.1 s at
480 pixels, 0.3 s at 960, 0.6 s at 1440), so it comes after everything that a page needs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from .models import LIST_SIZES, SHARED, PortalImage, PortalRendition

logger = logging.getLogger("liencap.media")

SHAPES: dict[str, tuple[str, ...]] = {
    "card": ("fill-480x300",),
    "lead": LIST_SIZES,
    "wide": ("width-480", "width-720", "width-960", "width-1440"),
    "gallery": ("fill-640x480",),
    "portrait": ("fill-240x320",),
}
SIZES = tuple(dict.fromkeys(size for sizes in SHAPES.values() for size in sizes))
WEBP_SPECS = tuple(f"{size}|format-webp" for size in SIZES)
AVIF_SPECS = tuple(f"{size}|format-avif" for size in SIZES)
# What a page needs before it can show the picture, and what only makes it lighter.
NEEDED_SPECS = (*WEBP_SPECS, SHARED)
SPECS = (*NEEDED_SPECS, *AVIF_SPECS)


def make_renditions(image: PortalImage, specs: Iterable[str] = SPECS) -> None:
    """Make every size that is missing; a picture whose file is lost or broken is left alone."""
    try:
        image.get_renditions(*specs)
    except (SourceImageIOError, InvalidFilterSpecError, OSError) as error:
        logger.warning("The sizes of picture %s cannot be made: %s", image.pk, error)


def made_renditions(image: PortalImage) -> dict[str, PortalRendition]:
    """The sizes that exist, by specification. Never makes one; one query unless prefetched."""
    found: list[PortalRendition] | None = getattr(image, "prefetched_renditions", None)
    if found is None:
        found = list(image.renditions.all())
        image.prefetched_renditions = found
    return {rendition.filter_spec: rendition for rendition in found}
