"""The colours of a site for its drawn pictures: those of its pages on light paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from themes.styles.colours import Colour
from themes.styles.looks import Look
from themes.styles.own import OwnColours
from themes.styles.palettes import DESIGNED

RGB = tuple[int, int, int]
BLOCK = re.compile(r'\[data-theme="([\w-]+)"\] \{(.*?)\n\}', re.DOTALL)
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\()?(#[0-9a-f]{6})\b")


@dataclass(frozen=True, slots=True)
class CardPalette:
    """What a card is drawn with."""

    paper: RGB
    ink: RGB
    brand: RGB
    on_brand: RGB
    on_brand_soft: RGB
    accent: RGB


@lru_cache(maxsize=1)
def designed() -> dict[str, CardPalette]:
    """The designed palettes, read from the style sheet that defines them."""
    css = Path(finders.find("themes/tokens.css") or "").read_text(encoding="utf-8")
    found = {}
    for name, block in BLOCK.findall(css):
        tokens = dict(reversed(TOKEN.findall(block)))  # the first definition counts
        if name in DESIGNED:
            found[name] = _palette({token: Colour.parse(code) for token, code in tokens.items()})
    return found


def palette_of(look: Look) -> CardPalette:
    """The palette of a site's look, own colours included."""
    if look.style:
        return _palette(dict(OwnColours.from_key(look.style).light))
    return designed()[look.theme]


def _palette(tokens: dict[str, Any]) -> CardPalette:
    names = ("paper", "ink", "brand", "on-brand", "on-brand-soft", "accent")
    return CardPalette(*(_rgb(tokens[name]) for name in names))


def _rgb(colour: Colour) -> RGB:
    return colour.red, colour.green, colour.blue
