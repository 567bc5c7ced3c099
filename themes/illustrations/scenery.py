"""The ground that all pictures share: sky, the hills of Chí Linh, fields, water, groves."""

from __future__ import annotations

import math
from enum import Enum

from .canvas import HEIGHT, WIDTH, Canvas, Point, smooth
from .tones import Colour, mix

HORIZON = 400.0


class Sky(Enum):
    """The weather of a picture."""

    CALM = "calm"
    STORM = "storm"


def landscape(c: Canvas, sky: Sky) -> None:
    """Sky, hills, groves, and either fields or a river in front."""
    t = c.tones
    c.sky(t.sky_high, t.sky_low, HORIZON + 60)
    if sky is Sky.CALM:
        _sun(c)
        for _ in range(3):
            cloud(
                c,
                c.around(600, 560),
                c.around(120, 60),
                c.around(70, 25),
                mix(t.sky_low, t.white, 0.55),
            )
    ridge(c, HORIZON - 95, 60, t.far)
    ridge(c, HORIZON - 40, 42, t.hill)
    fields(c)
    if c.random.random() < 0.6:
        river(c, c.around(600, 300))
    groves(c)
    if sky is Sky.CALM:
        birds(c)


def _sun(c: Canvas) -> None:
    x, y = c.around(600, 420), c.around(190, 60)
    for ring, share in ((150, 0.12), (112, 0.26), (80, 1.0)):
        c.circle(x, y, ring, mix(c.tones.sky_low, c.tones.sun, share))


def cloud(c: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    """A flat-bottomed cloud."""
    c.rect(x - size * 1.5, y - size * 0.28, size * 3, size * 0.42, fill, r=size * 0.21)
    c.ellipse(x - size * 0.45, y - size * 0.22, size * 0.62, size * 0.36, fill)
    c.ellipse(x + size * 0.4, y - size * 0.16, size * 0.55, size * 0.28, fill)


def ridge(c: Canvas, y: float, height: float, fill: Colour) -> None:
    """A line of round hills across the picture."""
    phase = c.random.uniform(0, 6.28)
    top: list[Point] = []
    for x in range(0, WIDTH + 20, 20):
        wave = math.sin(x / 170 + phase) + 0.55 * math.sin(x / 83 + phase * 2)
        top.append((x, y - height * wave * 0.62))
    c.polygon([*top, (WIDTH, HEIGHT), (0, HEIGHT)], fill)


def fields(c: Canvas) -> None:
    """Paddies in bands that grow wider towards the reader, parted by low dykes."""
    t = c.tones
    y, depth = HORIZON, 26.0
    colours = [t.field_light, t.field, mix(t.field, t.leaf, 0.35), mix(t.field_light, t.gold, 0.3)]
    index = c.random.randrange(len(colours))
    while y < HEIGHT:
        lift = c.around(0, depth * 0.25)
        c.polygon(
            [(0, y - lift), (WIDTH, y + lift), (WIDTH, HEIGHT), (0, HEIGHT)], colours[index % 4]
        )
        _rows(c, y, depth, lift, mix(colours[index % 4], t.leaf_dark, 0.14))
        index += c.random.choice((1, 1, 2))
        y += depth
        depth *= 1.42


def _rows(c: Canvas, y: float, depth: float, lift: float, fill: Colour) -> None:
    """Rows of seedlings running towards one point on the horizon."""
    if depth < 36:
        return
    for start in range(-600, WIDTH + 700, 92):
        near = 600 + (start - 600) * (1 + depth / 320)
        c.stroke([(start, y + depth * 0.2), (near, y + depth * 0.82)], fill, depth / 36)


def river(c: Canvas, x: float) -> None:
    """Water that winds from the horizon to the reader."""
    t = c.tones
    bend = c.around(0, 200)
    middle = [
        (x, HORIZON),
        (x + bend * 0.5, HORIZON + 60),
        (x - bend * 0.4, HORIZON + 170),
        (x + bend, 800),
    ]
    widths = [8, 40, 120, 330]
    left = [(px - w / 2, py) for (px, py), w in zip(middle, widths, strict=True)]
    right = [(px + w / 2, py) for (px, py), w in zip(middle, widths, strict=True)]
    c.polygon([*smooth(left), *reversed(smooth(right))], t.water)
    for _ in range(14):
        wy = c.random.uniform(HORIZON + 40, HEIGHT)
        near = (wy - HORIZON) / (HEIGHT - HORIZON)
        wx = x + bend * (near**2) + c.around(0, 90 * near)
        length = 16 + 46 * near
        c.stroke(
            [(wx - length / 2, wy), (wx + length / 2, wy)],
            mix(t.water, t.white, 0.5),
            1.5 + 2 * near,
        )


def water_plain(c: Canvas, y: float) -> None:
    """Open water from a height down to the reader, with light on it."""
    t = c.tones
    c.rect(0, y, WIDTH, HEIGHT - y, t.water)
    for _ in range(46):
        wy = c.random.uniform(y + 6, HEIGHT)
        near = (wy - y) / (HEIGHT - y)
        wx, length = c.random.uniform(0, WIDTH), 24 + 110 * near
        c.stroke([(wx, wy), (wx + length, wy)], mix(t.water, t.white, 0.4), 1.5 + 3 * near)


def groves(c: Canvas) -> None:
    """Bamboo hedges and village roofs on the horizon."""
    t = c.tones
    for _ in range(c.random.randint(3, 5)):
        x = c.random.uniform(0, WIDTH)
        if c.random.random() < 0.7:
            _cottage(c, c.around(x, 50), HORIZON + 4, c.around(30, 6))
        for _ in range(c.random.randint(6, 11)):
            fill = mix(t.grove, t.hill, c.random.uniform(0, 0.4))
            c.ellipse(
                c.around(x, 85), HORIZON - c.around(2, 8), c.around(28, 9), c.around(20, 7), fill
            )


def _cottage(c: Canvas, x: float, y: float, size: float) -> None:
    t = c.tones
    c.rect(x - size * 0.8, y - size, size * 1.6, size, mix(t.wall, t.hill, 0.2))
    roof = [(x - size, y - size * 0.9), (x - size * 0.6, y - size * 1.5)]
    c.polygon(
        [*roof, (x + size * 0.6, y - size * 1.5), (x + size, y - size * 0.9)],
        mix(t.roof, t.hill, 0.25),
    )


def birds(c: Canvas) -> None:
    """A few storks far away."""
    x, y = c.around(600, 380), c.around(130, 50)
    for index in range(c.random.randint(3, 5)):
        bx, by, size = x + index * 38, y + c.around(0, 22), c.around(12, 2)
        wings = [(bx - size, by - size * 0.4), (bx, by), (bx + size, by - size * 0.5)]
        c.curve(wings, mix(c.tones.white, c.tones.hill, 0.15), 3)


def ground(c: Canvas, y: float, fill: Colour | None = None) -> None:
    """A low rise in front, on which the motif stands."""
    fill = fill or mix(c.tones.leaf, c.tones.field, 0.35)
    top = [(0, y + 18), (300, y), (640, y - 6), (930, y + 4), (WIDTH, y + 22)]
    c.polygon([*smooth(top), (WIDTH, HEIGHT), (0, HEIGHT)], fill)
    tuft = mix(fill, c.tones.leaf_dark, 0.35)
    for _ in range(26):
        x, gy = c.random.uniform(0, WIDTH), c.random.uniform(y + 40, HEIGHT)
        for lean in (-6, 0, 6):
            c.stroke([(x, gy), (x + lean, gy - 13)], tuft, 2)
