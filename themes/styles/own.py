"""A whole palette from two colours that a unit chose, readable whatever they are.

The tokens are those of `static/themes/tokens.css`. Every pair of text and ground that the pages
use is brought to 4.5 : 1 here, so no choice of colours can make a page unreadable; a choice that
would have to be changed for that is refused before it is saved (`problems_of`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import Signer
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .colours import GRAPHICS, TEXT, Colour, Tone

Tokens = dict[str, Colour]
WHITE = Colour(255, 255, 255)
# Text and the grounds on which it stands anywhere on the pages.
PAIRS: list[tuple[str, str]] = [
    *((text, ground)
      for ground in ("paper", "surface", "tint")
      for text in ("ink", "ink-soft", "brand-ink", "accent-ink")),
    *((text, ground)
      for text in ("on-brand", "on-brand-soft") for ground in ("brand", "brand-deep")),
    ("warn", "warn-tint"), ("ink", "warn-tint"),
]  # fmt: skip
# Lines, marks and rings, and what they must stand out from.
MARKS = [
    ("focus", "paper"), ("focus", "surface"), ("focus", "tint"), ("accent", "brand-deep"),
]  # fmt: skip
_signer = Signer(
    salt="own-colours-1"
)  # a change of the rules below needs a new salt: new addresses


@dataclass(frozen=True)
class OwnColours:
    """Two colours, and the palettes that follow from them."""

    primary: Colour
    accent: Colour

    @property
    def light(self) -> Tokens:
        """Tokens on light paper."""
        own = Tone.of(self.primary)
        grounds = {
            "paper": own.at(0.985, 0.006).colour, "surface": WHITE,
            "tint": own.at(0.95, 0.018).colour,
        }  # fmt: skip
        papers = list(grounds.values())
        on_brand = own.at(0.985, 0.012).colour
        brand = self.primary.toward([on_brand, *papers])
        deep = Tone.of(brand)
        found = grounds | {
            "line": own.at(0.89, 0.02).colour, "ink": own.at(0.23, 0.025).colour,
            "ink-soft": own.at(0.42, 0.035).colour, "brand": brand, "brand-ink": brand,
            "brand-deep": deep.at(max(deep.lightness - 0.09, 0.12)).colour, "on-brand": on_brand,
            "accent-ink": self.accent.toward(papers), "focus": Colour.parse("#1a55a8"),
            "warn": Colour.parse("#8f3b00"), "warn-tint": Colour.parse("#fdeedd"),
        }  # fmt: skip
        return self._on_brand(found)

    @property
    def dark(self) -> Tokens:
        """Tokens on dark paper."""
        own = Tone.of(self.primary)
        grounds = {
            "paper": own.at(0.19, 0.01).colour, "surface": own.at(0.225, 0.012).colour,
            "tint": own.at(0.255, 0.016).colour,
        }  # fmt: skip
        papers = list(grounds.values())
        on_brand = own.at(0.985, 0.012).colour
        found = grounds | {
            "line": own.at(0.37, 0.02).colour, "ink": own.at(0.94, 0.012).colour,
            "ink-soft": own.at(0.78, 0.022).colour,
            "brand": own.at(min(own.lightness, 0.36)).colour.toward([on_brand]),
            "brand-deep": own.at(min(own.lightness, 0.27)).colour.toward([on_brand]),
            "brand-ink": own.at(0.83, 0.12).colour.toward(papers), "on-brand": on_brand,
            "accent-ink": Tone.of(self.accent).at(0.84, 0.12).colour.toward(papers),
            "focus": Colour.parse("#9cc4ff"),
            "warn": Colour.parse("#ffbf8a"), "warn-tint": Colour.parse("#3b2513"),
        }  # fmt: skip
        return self._on_brand(found)

    def _on_brand(self, found: Tokens) -> Tokens:
        brands = [found["brand"], found["brand-deep"]]
        soft = Tone.of(self.primary).at(0.89, 0.05).colour
        return found | {
            "on-brand-soft": soft.toward(brands),
            "accent": self.accent.toward([found["brand-deep"]], GRAPHICS),
        }

    @property
    def css(self) -> str:
        """The style sheet of this choice, for `data-theme="rieng"`."""
        light, dark = self.light, self.dark
        tokens = ";".join(f"--{name}:light-dark({light[name]},{dark[name]})" for name in light)
        return f':root[data-theme="rieng"]{{{tokens}}}\n'

    @property
    def key(self) -> str:
        """The signed name under which the style sheet is served: `7d1a1f-c4973f-<signature>`."""
        plain = f"{self.primary}-{self.accent}".replace("#", "")
        return f"{plain}-{_signer.signature(plain)[:16]}"

    @classmethod
    def from_key(cls, key: str) -> OwnColours:
        """The choice behind a signed name. Raises ValueError when it was not signed here."""
        primary, accent, _signature = (*key.split("-", 2), "", "")[:3]
        own = cls(Colour.parse(f"#{primary}"), Colour.parse(f"#{accent}"))
        if own.key != key:
            raise ValueError("The name of the style sheet is not signed.")
        return own


@dataclass(frozen=True)
class Problem:
    """Why a colour cannot be taken, and the nearest one that can."""

    field: str
    message: str
    offer: Colour


def problems_of(primary: Colour, accent: Colour) -> list[Problem]:
    """What would be hard to see with two colours, in light and in dark; empty when nothing."""
    own = OwnColours(primary, accent)
    found = []
    if own.light["brand"] != primary:
        grounds = [own.light[name] for name in ("on-brand", "tint")]
        ratio = min(primary.contrast(ground) for ground in grounds)
        found.append(_problem("own_primary", ratio, TEXT, own.light["brand"]))
    readable = OwnColours(own.light["brand"], accent)
    clear = accent.toward([readable.light["brand-deep"], readable.dark["brand-deep"]], GRAPHICS)
    if clear != accent:
        grounds = [readable.light["brand-deep"], readable.dark["brand-deep"]]
        ratio = min(accent.contrast(ground) for ground in grounds)
        found.append(_problem("own_accent", ratio, GRAPHICS, clear))
    return found


def _problem(field: str, ratio: float, least: float, offer: Colour) -> Problem:
    reasons = {
        "own_primary": _(
            "Text in this colour, or white text on it, has a contrast of %(ratio)s : 1; readers "
            "need at least %(least)s : 1 (WCAG 2.2, 1.4.3)."
        ),
        "own_accent": _(
            "On the main colour this has a contrast of %(ratio)s : 1; lines and marks need at "
            "least %(least)s : 1 (WCAG 2.2, 1.4.11)."
        ),
    }
    # Rounded down: 4.49 must not read as 4.5.
    shown = number_format(int(ratio * 100) / 100, 2)
    return Problem(
        field, reasons[field] % {"ratio": shown, "least": number_format(least, 1)}, offer
    )
