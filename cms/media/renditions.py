"""The sizes in which pages show a picture, made before a reader asks for them."""

from __future__ import annotations

from .models import PortalImage

# As the templates of `themes` name them.
SPECS = (
    "fill-480x300|format-webp",
    "fill-960x600|format-webp",
    "width-480|format-webp",
    "width-960|format-webp",
    "width-1440|format-webp",
    "fill-1200x630|format-jpeg",
)


def make_renditions(image: PortalImage) -> None:
    """Make every size that is missing."""
    image.get_renditions(*SPECS)
