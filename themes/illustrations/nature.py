"""Motifs of field and water: lychee, rice, river, storm, tree, stork, carrot, onion."""

from __future__ import annotations

import math

from .canvas import HEIGHT, WIDTH, Canvas, smooth
from .scenery import HORIZON, cloud, ground, water_plain
from .tones import Colour, mix, rgb


def lychee(c: Canvas) -> None:
    """A branch of ripe lychees hanging into the picture."""
    t = c.tones
    c.taper([(1230, 40), (1010, 90), (800, 150), (610, 240)], t.wood, 34, 9)
    c.taper([(930, 110), (900, 210), (850, 300)], t.wood, 16, 6)
    for x, y, turn in (
        (1040, 80, 160), (980, 100, 215), (900, 118, 110), (820, 145, 200), (760, 165, 150),
        (690, 200, 235), (640, 225, 170), (880, 240, 30), (860, 290, 160), (1100, 70, 100),
    ):  # fmt: skip
        for lean in (-28, 22):
            green = t.leaf if lean > 0 else t.leaf_dark
            c.leaf(x, y, c.around(165, 22), turn + c.around(lean, 8), green)
    spots = [(620, 300), (705, 290), (575, 380), (660, 375), (745, 365), (620, 455), (705, 450),
             (665, 530), (850, 385), (920, 400), (880, 465), (810, 450), (845, 545)]  # fmt: skip
    for x, y in spots:
        c.curve([(x, y), (x + 8, y - 60), ((x + 720) / 2 + 30, 235)], t.wood, 4)
    for x, y in spots:
        _lychee(c, c.around(x, 6), c.around(y, 6), c.around(49, 3))


def _lychee(c: Canvas, x: float, y: float, r: float) -> None:
    skin = mix(rgb("c62f3a"), rgb("e2604a"), c.random.random() * 0.7)
    c.circle(x, y, r, mix(skin, c.tones.dark, 0.22))
    c.circle(x - r * 0.06, y - r * 0.07, r * 0.93, skin)
    for ring in (0.3, 0.58, 0.82):
        for step in range(int(5 + ring * 14)):
            angle = step * 6.283 / int(5 + ring * 14) + ring * 3
            px, py = x + r * ring * math.cos(angle), y + r * ring * math.sin(angle)
            c.circle(px, py, r * 0.055, mix(skin, c.tones.dark, 0.2))
    c.ellipse(x - r * 0.34, y - r * 0.4, r * 0.2, r * 0.12, mix(skin, c.tones.white, 0.5), -35)


def rice(c: Canvas) -> None:
    """Ripe ears bending over the fields."""
    t = c.tones
    for index in range(26):
        x = -40 + index * 50 + c.around(0, 16)
        height = c.around(370, 70)
        lean = c.around(120, 50) * (1 if index % 4 else -1)
        _ear(c, x, height, lean, mix(t.leaf, t.gold, c.random.uniform(0.15, 0.6)))
    for index in range(34):
        x = index * 37 + c.around(0, 14)
        tip = (x + c.around(0, 70), HEIGHT - c.around(150, 55))
        c.taper(
            [(x, 780), ((x + tip[0]) / 2, 690), tip],
            mix(t.leaf, t.leaf_dark, c.random.random()),
            13,
            2,
        )


def _ear(c: Canvas, x: float, height: float, lean: float, stem: Colour) -> None:
    t = c.tones
    top = HEIGHT - height
    path = smooth(
        [(x, 780), (x + lean * 0.1, top + 120), (x + lean * 0.45, top), (x + lean * 1.1, top + 62)]
    )
    c.stroke(path, stem, 5)
    for step, (px, py) in enumerate(path[18:]):
        grain = mix(t.gold, rgb("c98a1e"), c.random.random() * 0.8)
        side = 1 if step % 2 else -1
        turn = 60 if lean > 0 else 120
        c.ellipse(px + side * 9, py + 7, 16, 7, grain, turn + side * 22)


def river(c: Canvas) -> None:
    """A sampan on a wide river at the foot of the hills."""
    t = c.tones
    water_plain(c, HORIZON + 10)
    c.ellipse(260, HORIZON + 26, 420, 16, mix(t.grove, t.field, 0.4))
    x, y = c.around(640, 110), 590
    c.ellipse(x, y + 54, 300, 16, mix(t.water, t.dark, 0.22))
    hull = [(x - 300, y - 34), (x - 160, y + 12), (x + 150, y + 14), (x + 310, y - 44)]
    keel = [(x + 200, y + 40), (x, y + 58), (x - 190, y + 42)]
    c.polygon([*smooth(hull), *smooth(keel)], t.wood)
    c.stroke(smooth(hull), mix(t.wood, t.gold, 0.45), 7)
    arch = smooth(
        [(x - 110, y + 10), (x - 95, y - 80), (x, y - 112), (x + 95, y - 80), (x + 110, y + 10)]
    )
    c.polygon(arch, mix(t.gold, t.wood, 0.45))
    c.stroke(arch, mix(t.wood, t.dark, 0.3), 6)
    for shift in (-55, 0, 55):
        c.curve([(x + shift, y + 6), (x + shift * 0.94, y - 98)], mix(t.wood, t.gold, 0.2), 3)
    boatman(c, x + 205, y - 26, 1.0)
    c.stroke([(x + 250, y - 150), (x + 330, y + 90)], mix(t.wood, t.dark, 0.3), 6)


def boatman(c: Canvas, x: float, y: float, size: float) -> None:
    """A person standing, under a conical hat."""
    t = c.tones
    c.polygon(
        [
            (x - 26 * size, y),
            (x - 20 * size, y - 105 * size),
            (x + 20 * size, y - 105 * size),
            (x + 26 * size, y),
        ],
        rgb("5b3f36"),
    )
    c.stroke(
        [(x + 10 * size, y - 88 * size), (x + 48 * size, y - 62 * size)], rgb("5b3f36"), 14 * size
    )
    c.circle(x, y - 122 * size, 18 * size, rgb("d9a77f"))
    c.polygon(
        [(x - 52 * size, y - 122 * size), (x, y - 165 * size), (x + 52 * size, y - 122 * size)],
        mix(t.gold, t.white, 0.55),
    )
    c.polygon(
        [(x, y - 165 * size), (x + 52 * size, y - 122 * size), (x + 12 * size, y - 122 * size)],
        mix(t.gold, t.white, 0.3),
    )


def storm(c: Canvas) -> None:
    """Wind and rain bend the trees."""
    t = c.tones
    for x, y, size, share in (
        (180, 90, 190, 0.5),
        (560, 60, 230, 0.35),
        (980, 100, 210, 0.55),
        (760, 150, 130, 0.2),
    ):
        cloud(c, c.around(x, 40), y + 40, size, mix(rgb("33434f"), t.sky_high, share))
    ground(c, 620, mix(t.leaf_dark, t.field, 0.3))
    _bent_palm(c, c.around(380, 60), 640, 1.0)
    _bent_palm(c, c.around(790, 60), 655, 0.78)
    light = mix(t.sky_low, t.white, 0.35)
    for _ in range(110):
        rx, ry = c.random.uniform(-100, WIDTH), c.random.uniform(150, HEIGHT)
        c.stroke([(rx, ry), (rx + 26, ry + 46)], mix(light, t.sky_high, c.random.random() * 0.6), 2)
    for level in (250, 330, 480):
        _gust(c, c.around(520, 200), level, light)
    bolt = [(930, 190), (878, 300), (920, 296), (872, 410), (972, 268), (928, 272), (966, 190)]
    c.polygon(bolt, rgb("f3d97a"))


def _gust(c: Canvas, x: float, y: float, fill: Colour) -> None:
    """A line of wind that curls at its end."""
    path = [(x - 260, y), (x - 60, y - 26), (x + 130, y), (x + 190, y - 40), (x + 145, y - 64)]
    c.curve(path, fill, 6)


def _bent_palm(c: Canvas, x: float, y: float, size: float) -> None:
    t = c.tones
    top = (x + 150 * size, y - 380 * size)
    c.taper(
        [(x, y), (x + 22 * size, y - 190 * size), top],
        mix(t.wood, t.dark, 0.25),
        34 * size,
        17 * size,
    )
    for rise, reach in (
        (-80, 210),
        (-40, 270),
        (10, 290),
        (60, 250),
        (100, 190),
        (-70, 120),
        (50, 130),
    ):
        tip = (top[0] + reach * size, top[1] + rise * size)
        middle = ((top[0] + tip[0]) / 2, min(top[1], tip[1]) - 30 * size)
        path = smooth([top, middle, tip])
        c.stroke(path, t.leaf_dark, 7 * size)
        for px, py in path[4::2]:
            c.leaf(px, py, 74 * size, 38, mix(t.leaf, t.leaf_dark, c.random.random()))
            c.leaf(px, py, 52 * size, -16, t.leaf_dark)


def tree(c: Canvas) -> None:
    """An old banyan, and beside it the saplings that were planted this spring."""
    t = c.tones
    ground(c, 610)
    x = c.around(720, 70)
    for foot in (-120, -60, 60, 130):
        c.taper(
            [(x + foot, 655), (x + foot * 0.35, 580), (x, 420)], mix(t.wood, t.dark, 0.1), 34, 40
        )
    c.taper([(x, 640), (x - 8, 480), (x, 330)], t.wood, 130, 80)
    for reach, y in ((-190, 330), (200, 320), (-90, 250), (110, 240)):
        c.taper([(x, 470), (x + reach * 0.5, 400), (x + reach, y)], t.wood, 50, 16)
    crown(c, x, 270, 1.0)
    for reach in (-150, -110, 120, 165):
        c.curve([(x + reach, 360), (x + reach + 4, 470)], mix(t.wood, t.gold, 0.2), 3)
    for sx in (150, 270, 390):
        _sapling(c, c.around(sx, 14), c.around(665, 8))


def crown(c: Canvas, x: float, y: float, size: float) -> None:
    """A broad treetop of overlapping leaf masses, light from the left."""
    t = c.tones
    for layer, (share, shift) in enumerate(((0.0, 14), (0.45, 0), (0.85, -16))):
        fill = mix(t.leaf_dark, mix(t.leaf, t.gold, 0.12), share)
        for step in range(15):
            angle = step * 6.283 / 15
            reach = (1 - layer * 0.22) * size
            px = x + 270 * reach * math.cos(angle) + shift * 2
            py = y + 120 * reach * math.sin(angle) + shift
            c.circle(
                c.around(px, 14),
                c.around(py, 10),
                c.around(86, 12) * size * (1 - layer * 0.2),
                fill,
            )
        c.ellipse(
            x + shift * 2,
            y + shift,
            260 * size * (1 - layer * 0.25),
            120 * size * (1 - layer * 0.2),
            fill,
        )


def _sapling(c: Canvas, x: float, y: float) -> None:
    t = c.tones
    c.ellipse(x, y + 4, 46, 12, t.soil)
    c.taper([(x, y), (x + 4, y - 70), (x, y - 120)], t.wood, 9, 4)
    for height, turn in ((60, -30), (70, 210), (95, -50), (105, 230), (120, -90)):
        c.leaf(x, y - height, 52, turn, t.leaf if turn < 0 else t.leaf_dark)


def stork(c: Canvas) -> None:
    """Storks at the shore of their island."""
    t = c.tones
    water_plain(c, HORIZON + 16)
    c.ellipse(930, HORIZON + 40, 360, 34, mix(t.leaf, t.field, 0.3))
    crown(c, 960, HORIZON - 40, 0.72)
    _flying(c, 300, 190, 1.1)
    _flying(c, 520, 120, 0.75)
    _standing(c, c.around(420, 50), 660, 1.15)
    _standing(c, c.around(690, 40), 690, 0.92)
    for _ in range(20):
        x, base = c.around(160, 150), c.around(740, 20)
        c.taper(
            [
                (x, base),
                (x + c.around(0, 20), base - 90),
                (x + c.around(0, 60), base - c.around(190, 50)),
            ],
            t.leaf_dark,
            9,
            2,
        )


def _standing(c: Canvas, x: float, y: float, size: float) -> None:
    t, s = c.tones, size
    for leg in (-12, 14):
        c.stroke([(x + leg * s, y - 140 * s), (x + leg * s, y)], rgb("6a5a3c"), 5 * s)
    c.ellipse(x, y + 2, 70 * s, 8 * s, mix(t.water, t.dark, 0.16))
    c.ellipse(x - 12 * s, y - 178 * s, 96 * s, 50 * s, t.white, -14)
    c.polygon(
        [(x - 88 * s, y - 176 * s), (x - 168 * s, y - 118 * s), (x - 40 * s, y - 140 * s)],
        mix(t.white, t.hill, 0.25),
    )
    c.taper(
        [
            (x + 62 * s, y - 200 * s),
            (x + 104 * s, y - 262 * s),
            (x + 66 * s, y - 320 * s),
            (x + 96 * s, y - 362 * s),
        ],
        t.white,
        34 * s,
        20 * s,
    )
    c.ellipse(x + 104 * s, y - 364 * s, 27 * s, 19 * s, t.white)
    c.polygon(
        [(x + 122 * s, y - 376 * s), (x + 214 * s, y - 352 * s), (x + 122 * s, y - 354 * s)], t.gold
    )
    c.circle(x + 112 * s, y - 369 * s, 4 * s, t.dark)


def _flying(c: Canvas, x: float, y: float, size: float) -> None:
    t, s = c.tones, size
    c.polygon(
        smooth(
            [
                (x, y),
                (x - 60 * s, y - 96 * s),
                (x - 176 * s, y - 120 * s),
                (x - 80 * s, y - 30 * s),
                (x - 30 * s, y + 14 * s),
            ]
        ),
        mix(t.white, t.hill, 0.2),
    )
    c.polygon(
        smooth(
            [
                (x + 8 * s, y),
                (x + 66 * s, y - 110 * s),
                (x + 170 * s, y - 150 * s),
                (x + 110 * s, y - 46 * s),
                (x + 40 * s, y + 16 * s),
            ]
        ),
        t.white,
    )
    c.ellipse(x + 6 * s, y + 10 * s, 74 * s, 19 * s, t.white, -8)
    c.taper(
        [(x + 60 * s, y), (x + 96 * s, y + 8 * s), (x + 128 * s, y - 14 * s)],
        t.white,
        18 * s,
        11 * s,
    )
    c.polygon(
        [(x + 124 * s, y - 21 * s), (x + 180 * s, y - 22 * s), (x + 126 * s, y - 8 * s)], t.gold
    )
    c.stroke([(x - 60 * s, y + 16 * s), (x - 150 * s, y + 34 * s)], rgb("6a5a3c"), 4 * s)


def carrot(c: Canvas) -> None:
    """Carrots in the alluvial soil of the river bank, seen from the side."""
    t = c.tones
    _soil(c, 470)
    for index in range(6):
        x, length = 130 + index * 190 + c.around(0, 24), c.around(200, 26)
        for lean in (-62, -34, -10, 16, 40, 66):
            tip = (x + lean * 1.5, 470 - c.around(170, 34))
            path = smooth([(x, 486), (x + lean * 0.4, 410), tip])
            c.stroke(path, t.leaf_dark, 5)
            for px, py in path[8::3]:
                c.leaf(px, py, 34, lean - 150, t.leaf)
                c.leaf(px, py, 34, lean - 30, mix(t.leaf, t.gold, 0.2))
        orange = mix(rgb("e8772e"), rgb("d95f1e"), c.random.random())
        body = [
            (x - 46, 488),
            (x, 472),
            (x + 46, 488),
            (x + 30, 488 + length * 0.55),
            (x + 3, 488 + length),
            (x - 28, 488 + length * 0.55),
        ]
        c.blob(body, orange)
        for mark in (0.16, 0.36, 0.58):
            c.stroke(
                [(x - 36 + mark * 34, 488 + length * mark), (x - 4, 490 + length * mark)],
                mix(orange, t.dark, 0.22),
                4,
            )


def _soil(c: Canvas, y: float) -> None:
    t = c.tones
    c.rect(0, y, WIDTH, HEIGHT - y, t.soil)
    c.polygon(
        [
            *smooth([(0, y + 12), (200, y - 8), (480, y + 6), (820, y - 8), (WIDTH, y + 8)]),
            (WIDTH, y + 40),
            (0, y + 40),
        ],
        mix(t.soil, t.dark, 0.18),
    )
    for _ in range(70):
        x, sy = c.random.uniform(0, WIDTH), c.random.uniform(y + 50, HEIGHT)
        c.ellipse(
            x, sy, c.around(9, 4), c.around(5, 2), mix(t.soil, t.white, c.random.uniform(0.08, 0.2))
        )


def onion(c: Canvas) -> None:
    """Purple onions of Kinh Môn laid out to dry."""
    t = c.tones
    ground(c, 600, mix(t.soil, t.gold, 0.28))
    for row, (y, size, count) in enumerate(((560, 0.72, 7), (630, 0.9, 6), (715, 1.1, 5))):
        for index in range(count):
            x = (index + 0.5 + (row % 2) * 0.25) * WIDTH / count - 40
            _onion(c, c.around(x, 18), c.around(y, 8), size)


def _onion(c: Canvas, x: float, y: float, s: float) -> None:
    t = c.tones
    skin = mix(rgb("8d3a5c"), rgb("b55a6e"), c.random.random())
    for lean in (-70, -30, 20, 64):
        tip = (x + lean * s, y - c.around(240, 24) * s)
        green = mix(t.leaf, t.leaf_dark, (lean + 70) / 140)
        c.taper([(x, y - 70 * s), (x + lean * 0.3 * s, y - 150 * s), tip], green, 15 * s, 3)
    for root in (-14, -5, 6, 15):
        ends = [(x + root * s, y + 56 * s), (x + root * 1.7 * s, y + 82 * s)]
        c.stroke(ends, mix(t.white, t.soil, 0.3), 3 * s)
    side = [(66, 0), (38, -50), (9, -84)]
    left = [(-dx, dy) for dx, dy in side]
    outline = [*left, *reversed(side), (36, 52), (-36, 52)]
    c.blob([(x + dx * s, y + dy * s) for dx, dy in outline], skin)
    for bend in (-40, -18, 18, 40):
        vein = [(bend * 0.15, -78), (bend, 0), (bend * 0.5, 48)]
        c.curve([(x + dx * s, y + dy * s) for dx, dy in vein], mix(skin, t.white, 0.25), 2.5 * s)
    c.ellipse(x - 34 * s, y - 14 * s, 9 * s, 20 * s, mix(skin, t.white, 0.45), 14)


NATURE = {
    "lychee": lychee, "rice": rice, "river": river, "storm": storm,
    "tree": tree, "stork": stork, "carrot": carrot, "onion": onion,
}  # fmt: skip
