"""Motifs of craft and custom: pottery, festival."""

from __future__ import annotations

import math

from .canvas import WIDTH, Canvas, smooth
from .scenery import ground
from .things import table
from .tones import Colour, mix, rgb

INK = rgb("2d5478")  # the cobalt under the glaze of Chu Đậu


def pottery(c: Canvas) -> None:
    """Vases of Chu Đậu, blue under a clear glaze."""
    table(c, 600)
    _vase(
        c,
        c.around(600, 20),
        660,
        1.0,
        [(46, 0), (74, 60), (150, 210), (92, 350), (44, 420), (70, 470)],
    )
    _vase(
        c,
        c.around(300, 20),
        690,
        0.86,
        [(70, 0), (130, 70), (160, 170), (120, 270), (60, 310), (84, 340)],
    )
    _vase(
        c,
        c.around(905, 20),
        690,
        0.9,
        [(60, 0), (104, 40), (110, 150), (56, 240), (40, 340), (96, 390)],
    )


def _vase(c: Canvas, x: float, y: float, s: float, profile: list[tuple[float, float]]) -> None:
    t = c.tones
    glaze = mix(t.white, t.water, 0.12)
    side = smooth([(w * s, y - h * s) for w, h in profile])
    c.ellipse(x + 16, y + 2, profile[0][0] * s + 70, 15, mix(t.wood, t.dark, 0.25))
    c.polygon([*[(x + w, py) for w, py in side], *[(x - w, py) for w, py in reversed(side)]], glaze)
    c.polygon(
        [*[(x + w, py) for w, py in side], *[(x + w * 0.55, py) for w, py in reversed(side)]],
        mix(glaze, t.hill, 0.22),
    )
    for share in (0.06, 0.1, 0.42, 0.74, 0.78, 0.95):
        w, py = side[int(share * (len(side) - 1))]
        c.stroke([(x - w + 2, py), (x + w - 2, py)], INK, 4 * s)
    w, py = side[int(0.58 * (len(side) - 1))]
    for step in range(-2, 3):
        _flower(c, x + step * w * 0.4, py + abs(step) * 3, 22 * s * (1 - abs(step) * 0.16))
    w, py = side[int(0.26 * (len(side) - 1))]
    for step in range(-4, 5):
        c.leaf(x + step * w * 0.21, py + 18 * s, 44 * s, -90, INK)
    w, py = side[-1]
    c.ellipse(x, py, w, 10 * s, mix(glaze, t.dark, 0.35))


def _flower(c: Canvas, x: float, y: float, size: float) -> None:
    for step in range(6):
        angle = math.radians(step * 60)
        c.circle(
            x + size * 0.62 * math.cos(angle), y + size * 0.62 * math.sin(angle), size * 0.36, INK
        )
    c.circle(x, y, size * 0.36, c.tones.white)


def festival(c: Canvas) -> None:
    """The drum, the five-coloured flags and the lanterns of a village festival."""
    t = c.tones
    ground(c, 630, mix(t.shade, t.soil, 0.2))
    for x, size in ((120, 1.05), (300, 0.85), (930, 0.9), (1080, 1.1)):
        _festival_flag(c, c.around(x, 12), 690, size)
    rope = smooth([(0, 60), (300, 150), (600, 175), (900, 150), (WIDTH, 60)])
    c.stroke(rope, t.wood, 4)
    for index, (px, py) in enumerate(rope[4::6]):
        _lantern(c, px, py, t.red if index % 2 else t.gold)
    _drum(c, c.around(610, 20), 500)


def _festival_flag(c: Canvas, x: float, y: float, s: float) -> None:
    t = c.tones
    c.stroke([(x, y), (x, y - 400 * s)], t.wood, 8)
    rings = [rgb("2f6f9f"), rgb("3f9150"), t.gold, rgb("f4efe0"), rgb("c0392b")]
    top = y - 390 * s
    for index, fill in enumerate(rings):
        inset = index * 15 * s
        c.rect(x + 4 + inset, top + inset, 170 * s - 2 * inset, 170 * s - 2 * inset, fill)
    for tooth in range(7):
        ty = top + tooth * 24.5 * s
        c.polygon(
            [(x + 4 + 170 * s, ty), (x + 4 + 196 * s, ty + 12 * s), (x + 4 + 170 * s, ty + 24 * s)],
            rgb("c0392b"),
        )


def _lantern(c: Canvas, x: float, y: float, fill: Colour) -> None:
    t = c.tones
    c.stroke([(x, y), (x, y + 22)], t.wood, 3)
    c.ellipse(x, y + 62, 40, 42, fill)
    for width in (24, 8):
        c.ellipse(x, y + 62, width, 42, mix(fill, t.white, 0.18 if width == 24 else 0.32))
    for edge in (22, 98):
        c.rect(x - 18, y + edge, 36, 9, t.gold if fill != t.gold else t.red, r=3)
    c.stroke([(x, y + 106), (x, y + 136)], t.red, 5)


def _drum(c: Canvas, x: float, y: float) -> None:
    t = c.tones
    for leg in (-1, 1):
        c.stroke([(x + leg * 60, y + 120), (x + leg * 170, y + 215)], t.wood, 26)
        c.stroke([(x + leg * 120, y + 90), (x + leg * 60, y + 215)], mix(t.wood, t.dark, 0.2), 20)
    c.ellipse(x, y, 196, 196, t.roof_dark)
    c.ellipse(x, y, 182, 182, t.red)
    c.ellipse(x, y, 150, 150, mix(t.wall, t.gold, 0.22))
    for step in range(28):
        angle = math.radians(step * 360 / 28)
        c.circle(x + 166 * math.cos(angle), y + 166 * math.sin(angle), 7, t.gold)
    for radius, fill in ((72, t.red), (60, mix(t.wall, t.gold, 0.22)), (34, t.red)):
        c.circle(x, y, radius, fill)
    for side in (-1, 1):
        c.stroke([(x + side * 250, y - 110), (x + side * 110, y + 20)], t.wood, 13)
        c.circle(x + side * 104, y + 26, 19, t.red)


CRAFTS = {"pottery": pottery, "festival": festival}
