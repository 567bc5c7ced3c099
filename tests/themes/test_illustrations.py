"""The illustrations of the demonstration."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from themes.illustrations import MOTIFS, PALETTES, draw


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_is_a_picture_with_many_colours(motif: str) -> None:
    picture = Image.open(io.BytesIO(draw(motif, 3, "song-hong")))
    assert picture.format == "WEBP"
    assert picture.size == (1200, 750)
    colours = picture.convert("RGB").resize((120, 75)).getcolors(9000)
    assert colours is not None
    assert len(colours) > 200


def test_there_are_24_motifs() -> None:
    assert len(MOTIFS) == 24


def test_the_same_arguments_give_the_same_picture_and_others_another() -> None:
    first = draw("rice", 5, "lua-chin")
    assert draw("rice", 5, "lua-chin") == first
    others = {
        draw("rice", 6, "lua-chin"),
        draw("rice", 5, "quoc-gia"),
        draw("river", 5, "lua-chin"),
    }
    assert len(others | {first}) == 4


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="lychee"):
        draw("dragon")
    with pytest.raises(ValueError, match=PALETTES[0]):
        draw("rice", 0, "neon")
