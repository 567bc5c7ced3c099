"""How one site looks: what its home page says, unless a level above has locked that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail.images.models import Filter

from .colours import Colour
from .own import OwnColours
from .palettes import DESIGNED, Palette

LOGO = "max-480x240|format-webp"
BANNER = "fill-1440x360|format-webp"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the size in which the frame shows it."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Look:
    """Palette, emblem and banner of a site. `style` names the style sheet of own colours."""

    theme: str
    style: str = ""
    logo: Picture | None = None
    banner: Picture | None = None
    own_layout: bool = True


def look_of(home: Any, above: Sequence[Any] = ()) -> Look:
    """The look of a home page; `above` are the home pages of higher levels, the highest first.

    The highest level that locks a part decides it for all below. A home page that is missing, a
    palette that no longer exists and colours that nobody checked (imported data) fall back to the
    first palette.
    """
    if home is None:
        return Look(DESIGNED[0])
    coloured = next((one for one in above if one.lock_palette), home)
    marked = next((one for one in above if one.lock_logo), home)
    theme, style = _theme(coloured)
    return Look(
        theme,
        style,
        picture_of(marked.logo, LOGO),
        picture_of(marked.banner, BANNER),
        not any(one.lock_layout for one in above),
    )


def _theme(home: Any) -> tuple[str, str]:
    if home.theme in DESIGNED:
        return home.theme, ""
    try:
        own = OwnColours(Colour.parse(home.own_primary), Colour.parse(home.own_accent))
    except ValueError:
        return DESIGNED[0], ""
    return Palette.OWN.value, own.key


def picture_of(image: Any, spec: str) -> Picture | None:
    """A picture in a size that has been made; None when there is none, or not yet.

    Sizes are made when the look was saved (cms/home/tasks.py), never while a reader waits.
    """
    if image is None:
        return None
    try:
        made = image.find_existing_rendition(Filter(spec=spec))
    except ObjectDoesNotExist:
        return None
    return Picture(made.url, made.width, made.height, image.description or "")
