"""Flat illustrations of delta life, drawn by code: the demonstration needs no borrowed pictures.

`draw("lychee", seed=7, palette="lua-chin")` returns a WebP file of 1200 × 750 pixels. The same
arguments give the same picture.
"""

from __future__ import annotations

from .canvas import Canvas
from .crafts import CRAFTS
from .nature import NATURE
from .places import PLACES
from .scenery import Sky, landscape
from .things import THINGS
from .tones import PALETTES, tones_of

_MOTIFS = {**NATURE, **PLACES, **THINGS, **CRAFTS}
MOTIFS = tuple(sorted(_MOTIFS))
_STORMY = {"storm"}
_ONE_WAY = {"flag", "school", "document", "computer"}  # would look wrong in a mirror


def draw(motif: str, seed: int = 0, palette: str = "quoc-gia") -> bytes:
    """Draw one motif before a landscape.

    Raises ValueError for a motif that is not in `MOTIFS` or a palette that is not in `PALETTES`.
    """
    if motif not in _MOTIFS:
        raise ValueError(f"There is no motif {motif!r}; known are {', '.join(MOTIFS)}.")
    if palette not in PALETTES:
        raise ValueError(f"There is no palette {palette!r}; known are {', '.join(PALETTES)}.")
    canvas = Canvas(tones_of(palette, seed, stormy=motif in _STORMY), f"{motif}/{seed}/{palette}")
    landscape(canvas, Sky.STORM if motif in _STORMY else Sky.CALM)
    _MOTIFS[motif](canvas)
    if seed % 2 and motif not in _ONE_WAY:
        canvas.mirror()
    return canvas.webp()


__all__ = ["MOTIFS", "PALETTES", "draw"]
