"""The colours of the illustrations: one set per palette and hour of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]


def rgb(code: str) -> Colour:
    """`"c9302c"` → (201, 48, 44)."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two; `share` 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Tones:
    """What a picture is painted with."""

    sky_high: Colour
    sky_low: Colour
    sun: Colour
    far: Colour
    hill: Colour
    grove: Colour
    field: Colour
    field_light: Colour
    water: Colour
    soil: Colour
    leaf: Colour
    leaf_dark: Colour
    wall: Colour = rgb("f7ecd9")
    shade: Colour = rgb("e2cfb2")
    roof: Colour = rgb("b5492f")
    roof_dark: Colour = rgb("8c3423")
    wood: Colour = rgb("7a4b2c")
    dark: Colour = rgb("33261f")
    red: Colour = rgb("c0392b")
    gold: Colour = rgb("e5b043")
    white: Colour = rgb("fffaf0")
    blue: Colour = rgb("2f6f8f")


_MORNING = Tones(
    rgb("bfd9d6"), rgb("fbe6c2"), rgb("f6b35c"), rgb("a9c1bd"), rgb("82a79c"), rgb("4f7f62"),
    rgb("9db35b"), rgb("c6c775"), rgb("a8cfd0"), rgb("8a5a3c"), rgb("4c8a4a"), rgb("2f6238"),
)  # fmt: skip
_DUSK = Tones(
    rgb("e6b39c"), rgb("fbe5c4"), rgb("ee7f52"), rgb("c9a69c"), rgb("9d8a8c"), rgb("55695f"),
    rgb("b79d4d"), rgb("dcbf6d"), rgb("e3b9a0"), rgb("7d4f38"), rgb("5a8248"), rgb("355a39"),
)  # fmt: skip
_NOON = Tones(
    rgb("8cc6d8"), rgb("dff0e6"), rgb("fbd678"), rgb("a7cbcf"), rgb("79b0a4"), rgb("3f8560"),
    rgb("86b654"), rgb("b9d06f"), rgb("86c3cf"), rgb("8c6040"), rgb("3f9150"), rgb("276a3d"),
)  # fmt: skip
_STORM = Tones(
    rgb("4a5f70"), rgb("9fb0b2"), rgb("d9d2b4"), rgb("74898f"), rgb("58737a"), rgb("3b5a52"),
    rgb("6f8a56"), rgb("8b9e66"), rgb("7f9ba1"), rgb("5d4638"), rgb("466f4c"), rgb("2c4d38"),
)  # fmt: skip

PALETTES = ("quoc-gia", "song-hong", "lua-chin")
_HOURS = {
    "quoc-gia": (_MORNING, _NOON, _DUSK),
    "song-hong": (_NOON, _MORNING, _DUSK),
    "lua-chin": (_MORNING, _NOON, _DUSK),
}
_CAST = {"quoc-gia": rgb("e8a35e"), "song-hong": rgb("4f9fb5"), "lua-chin": rgb("b9c25a")}


def tones_of(palette: str, seed: int, *, stormy: bool = False) -> Tones:
    """The tones of an hour chosen by the seed, with the palette's cast over the distance."""
    base = _STORM if stormy else _HOURS[palette][seed % 3]
    cast = _CAST[palette]
    return replace(
        base,
        sky_high=mix(base.sky_high, cast, 0.1),
        far=mix(base.far, cast, 0.12),
        hill=mix(base.hill, cast, 0.08),
        field=mix(base.field, cast, 0.08),
    )
