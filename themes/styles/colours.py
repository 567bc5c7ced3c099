"""Colours and contrast: what WCAG measures, and how a colour is moved until it passes.

Contrast follows WCAG 2.2 (relative luminance of sRGB). Colours are moved in OKLCH, where the
lightness can change while the hue looks the same; the formulas are Björn Ottosson's (2020).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

CODE = re.compile(r"#[0-9a-f]{6}")
STEP = 0.004
TEXT = 4.5  # WCAG 2.2, 1.4.3
GRAPHICS = 3.0  # WCAG 2.2, 1.4.11


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB colour, eight bits per channel."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, code: str) -> Self:
        """`#7d1a1f` in small or capital letters. Raises ValueError for anything else."""
        code = code.lower()
        if not CODE.fullmatch(code):
            raise ValueError(f"{code[:20]!r} is not a colour like #7d1a1f.")
        return cls(int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 (black) to 1 (white)."""
        red, green, blue = (_linear(part / 255) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        """Contrast ratio with another colour, 1 to 21."""
        darker, lighter = sorted((self.luminance, other.luminance))
        return (lighter + 0.05) / (darker + 0.05)

    def passes(self, grounds: Iterable[Colour], ratio: float) -> bool:
        """Whether the contrast with each of the grounds reaches a ratio."""
        return all(self.contrast(ground) >= ratio for ground in grounds)

    def toward(self, grounds: list[Colour], ratio: float = TEXT) -> Colour:
        """This colour if it passes on the grounds, else the nearest lightness of it that does.

        Raises ValueError when neither black nor white would pass.
        """
        for candidate in self._lighter_and_darker():
            if candidate.passes(grounds, ratio):
                return candidate
        raise ValueError("No colour has this contrast with all of the grounds.")

    def _lighter_and_darker(self) -> Iterator[Colour]:
        yield self
        tone = Tone.of(self)
        for count in range(1, int(1 / STEP) + 1):
            for lightness in (tone.lightness - count * STEP, tone.lightness + count * STEP):
                if -STEP < lightness < 1 + STEP:
                    yield tone.at(min(max(lightness, 0.0), 1.0)).colour


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour in OKLCH: lightness 0–1, chroma 0–0.37, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of(cls, colour: Colour) -> Self:
        """The tone of a colour."""
        red, green, blue = (_linear(p / 255) for p in (colour.red, colour.green, colour.blue))
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        return cls(lightness, math.hypot(a, b), math.atan2(b, a))

    def at(self, lightness: float, most_chroma: float = 1.0) -> Tone:
        """The same hue at another lightness, with no more than a chroma."""
        return Tone(lightness, min(self.chroma, most_chroma), self.hue)

    @property
    def colour(self) -> Colour:
        """The sRGB colour; a chroma that no screen shows is reduced until one does."""
        low, high = 0.0, self.chroma
        if (whole := self._channels(high)) is not None:
            return whole
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if self._channels(middle) else (low, middle)
        found = self._channels(low)
        return found or (Colour(255, 255, 255) if self.lightness > 0.5 else Colour(0, 0, 0))

    def _channels(self, chroma: float) -> Colour | None:
        a, b = chroma * math.cos(self.hue), chroma * math.sin(self.hue)
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if not all(-0.001 <= channel <= 1.001 for channel in channels):
            return None
        return Colour(*(round(255 * _gamma(min(max(c, 0.0), 1.0))) for c in channels))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
