"""Motifs of streets and villages: temple, school, clinic, road, market, house, factory, flag."""

from __future__ import annotations

from .canvas import HEIGHT, WIDTH, Canvas, smooth
from .nature import boatman, crown
from .scenery import HORIZON, ground
from .tones import Colour, mix, rgb


def curved_roof(c: Canvas, x: float, y: float, half: float, height: float, fill: Colour) -> None:
    """A tiled roof whose corners sweep upwards; `y` is its eaves."""
    t = c.tones
    left = smooth(
        [(x - half - 34, y - 42), (x - half * 0.72, y - 6), (x - half * 0.55, y - height)]
    )
    right = [(2 * x - px, py) for px, py in reversed(left)]
    eaves = smooth(
        [
            (x + half + 34, y - 42),
            (x + half * 0.8, y + 10),
            (x, y + 16),
            (x - half * 0.8, y + 10),
            (x - half - 34, y - 42),
        ]
    )
    c.polygon([*left, *right, *eaves], fill)
    c.stroke(eaves, mix(fill, t.dark, 0.35), 9)
    ridge = [
        (x - half * 0.58, y - height - 10),
        (x, y - height),
        (x + half * 0.58, y - height - 10),
    ]
    c.curve(ridge, mix(fill, t.dark, 0.45), 13)
    for step in range(-5, 6):
        c.stroke(
            [(x + step * half * 0.1, y - height + 8), (x + step * half * 0.165, y + 6)],
            mix(fill, t.dark, 0.16),
            3,
        )


def pine(c: Canvas, x: float, y: float, size: float) -> None:
    """A pine of Côn Sơn."""
    t = c.tones
    c.taper(
        [(x, y), (x + 12 * size, y - 170 * size), (x - 4 * size, y - 330 * size)],
        t.wood,
        20 * size,
        9 * size,
    )
    for dx, dy, rx in ((-70, -210, 86), (76, -250, 80), (-46, -310, 84), (20, -365, 76)):
        c.ellipse(x + dx * size, y + dy * size, rx * size, 27 * size, t.leaf_dark)
        c.ellipse(
            x + dx * size - 10 * size, y + (dy - 8) * size, rx * 0.78 * size, 18 * size, t.leaf
        )


def temple(c: Canvas) -> None:
    """A two-tiered gate among pines."""
    t = c.tones
    ground(c, 620)
    x = c.around(600, 40)
    pine(c, x - 420, 660, 1.25)
    pine(c, x + 440, 650, 1.05)
    c.polygon(
        [(x - 90, 625), (x + 90, 625), (x + 210, HEIGHT), (x - 210, HEIGHT)],
        mix(t.shade, t.soil, 0.2),
    )
    c.rect(x - 300, 596, 600, 36, mix(t.shade, t.dark, 0.15))
    c.rect(x - 260, 430, 520, 170, t.wall)
    for dx, w in ((-205, 90), (115, 90), (-62, 124)):
        c.rect(x + dx, 470, w, 130, mix(t.roof_dark, t.dark, 0.3), r=8)
        c.ellipse(x + dx + w / 2, 474, w / 2, 34, mix(t.roof_dark, t.dark, 0.3))
    for dx in (-252, -96, 80, 236):
        c.rect(x + dx, 420, 18, 180, t.red)
    curved_roof(c, x, 430, 310, 78, t.roof)
    c.rect(x - 150, 290, 300, 64, t.wall)
    for dx in (-140, -62, 46, 124):
        c.rect(x + dx, 284, 15, 70, t.red)
    c.rect(x - 34, 300, 68, 40, t.gold, r=4)
    curved_roof(c, x, 292, 200, 74, t.roof)


def _windows(c: Canvas, x: float, y: float, columns: int, step: float, fill: Colour) -> None:
    t = c.tones
    for index in range(columns):
        wx = x + index * step
        c.rect(wx, y, 58, 70, t.white, r=3)
        c.rect(wx + 5, y + 5, 48, 60, fill, r=2)
        c.stroke([(wx + 29, y + 5), (wx + 29, y + 65)], t.white, 4)


def _flagpole(c: Canvas, x: float, y: float, height: float, size: float) -> None:
    t = c.tones
    c.stroke([(x, y), (x, y - height)], mix(t.wall, t.dark, 0.35), 7)
    top = y - height + 8
    wave = smooth(
        [(x, top), (x + 60 * size, top - 12), (x + 120 * size, top + 8), (x + 175 * size, top - 4)]
    )
    c.polygon([*wave, *[(px, py + 112 * size) for px, py in reversed(wave)]], rgb("d4251f"))
    star(c, x + 88 * size, top + 56 * size, 34 * size)


def star(c: Canvas, x: float, y: float, radius: float) -> None:
    """The five-pointed star of the flag."""
    import math

    points = []
    for step in range(10):
        reach = radius if step % 2 == 0 else radius * 0.42
        angle = math.radians(-90 + step * 36)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    c.polygon(points, rgb("ffd83d"))


def school(c: Canvas) -> None:
    """A school of two floors, its yard and its tree."""
    t = c.tones
    ground(c, 615, mix(t.shade, t.field, 0.3))
    x, wall = c.around(230, 40), rgb("f6dfa6")
    c.rect(x, 320, 720, 305, wall)
    c.rect(x, 462, 720, 16, mix(wall, t.roof, 0.4))
    c.polygon([(x - 34, 326), (x + 40, 246), (x + 680, 246), (x + 754, 326)], t.roof)
    c.polygon([(x + 300, 326), (x + 360, 214), (x + 420, 326)], t.roof_dark)
    c.circle(x + 360, 288, 22, t.white)
    c.stroke([(x + 360, 288), (x + 360, 273)], t.dark, 3)
    c.stroke([(x + 360, 288), (x + 371, 292)], t.dark, 3)
    _windows(c, x + 30, 366, 8, 86, t.blue)
    for part in (x + 30, x + 460):
        _windows(c, part, 512, 3, 80, t.blue)
    c.rect(x + 310, 500, 100, 125, t.wood, r=4)
    c.stroke([(x + 360, 504), (x + 360, 625)], mix(t.wood, t.dark, 0.4), 4)
    _flagpole(c, x + 840, 680, 500, 0.8)
    c.taper([(96, 680), (104, 560), (96, 470)], t.wood, 44, 26)
    crown(c, 92, 420, 0.52)
    for dx, tone in ((470, t.red), (530, t.blue), (590, t.gold)):
        _pupil(c, x + dx, 712, tone)


def _pupil(c: Canvas, x: float, y: float, tone: Colour) -> None:
    t = c.tones
    c.rect(x - 17, y - 62, 34, 40, t.white, r=9)
    c.rect(x - 15, y - 28, 30, 30, rgb("2f4a63"), r=4)
    c.rect(x - 24, y - 58, 11, 32, tone, r=5)
    c.circle(x, y - 78, 17, rgb("dba97f"))
    c.polygon(
        smooth(
            [(x - 18, y - 76), (x - 14, y - 98), (x + 14, y - 98), (x + 18, y - 76), (x, y - 88)]
        ),
        t.dark,
    )


def clinic(c: Canvas) -> None:
    """The health station of a commune."""
    t = c.tones
    ground(c, 620)
    x, mint = c.around(300, 40), rgb("3d9a8b")
    c.rect(x, 360, 620, 268, t.white)
    c.rect(x, 360, 620, 60, mix(t.white, mint, 0.25))
    c.rect(x - 24, 336, 668, 36, mint, r=6)
    c.rect(x + 210, 250, 200, 110, t.white, r=10)
    for w, h in ((66, 22), (22, 66)):
        c.rect(x + 310 - w / 2, 306 - h / 2, w, h, mint, r=4)
    _windows(c, x + 40, 446, 2, 84, t.blue)
    _windows(c, x + 438, 446, 2, 84, t.blue)
    c.rect(x + 236, 452, 148, 176, mix(t.blue, t.white, 0.55), r=4)
    c.stroke([(x + 310, 452), (x + 310, 628)], t.white, 5)
    c.rect(x + 200, 424, 220, 18, mint, r=6)
    c.polygon(
        [(x + 220, 628), (x + 400, 628), (x + 500, HEIGHT), (x + 120, HEIGHT)],
        mix(t.shade, t.soil, 0.12),
    )
    for tx, size in ((x - 130, 0.42), (x + 760, 0.48)):
        c.taper([(tx, 665), (tx + 4, 560)], t.wood, 26, 18)
        crown(c, tx, 480, size)
    for bx in (x + 40, x + 110, x + 470, x + 545):
        c.ellipse(bx, 632, 44, 26, mix(t.leaf, t.leaf_dark, c.random.random()))


def road(c: Canvas) -> None:
    """A village road between flower borders and lamps."""
    t = c.tones
    vanish, grey = c.around(600, 120), mix(rgb("8d8f90"), t.sky_low, 0.25)
    for side in (-1, 1):
        c.polygon(
            [(vanish, HORIZON), (vanish + side * 420, HEIGHT), (vanish + side * 640, HEIGHT)],
            mix(t.leaf, t.field, 0.3),
        )
    c.polygon(
        [
            (vanish - 7, HORIZON),
            (vanish + 7, HORIZON),
            (vanish + 430, HEIGHT),
            (vanish - 430, HEIGHT),
        ],
        grey,
    )
    for near in (0.08, 0.17, 0.3, 0.48, 0.72):
        y, length = HORIZON + 350 * near, 24 + 90 * near
        c.polygon(
            [
                (vanish - 10 * near, y),
                (vanish + 10 * near, y),
                (vanish + 14 * near, y + length),
                (vanish - 14 * near, y + length),
            ],
            t.white,
        )
    for near in (0.12, 0.24, 0.42, 0.7):
        for side in (-1, 1):
            x, y = vanish + side * (14 + 560 * near), HORIZON + 350 * near
            _roadside(c, x, y, near, side)
    _cyclist(c, vanish + 150, 690)


def _roadside(c: Canvas, x: float, y: float, near: float, side: int) -> None:
    t = c.tones
    if side < 0:
        c.taper([(x, y), (x, y - 260 * near)], t.wood, 34 * near, 20 * near)
        crown(c, x, y - 360 * near, 0.55 * near + 0.02)
    else:
        c.stroke(
            [(x, y), (x, y - 460 * near), (x - 70 * near, y - 480 * near)],
            mix(t.dark, t.hill, 0.4),
            12 * near,
        )
        c.ellipse(x - 84 * near, y - 474 * near, 32 * near, 12 * near, t.gold)
    for _ in range(9):
        bloom = c.random.choice((t.red, t.gold, rgb("d86a8d")))
        c.circle(c.around(x, 90 * near), c.around(y + 18 * near, 12 * near), 9 * near, bloom)


def _cyclist(c: Canvas, x: float, y: float) -> None:
    t = c.tones
    for wheel in (-52, 52):
        c.circle(x + wheel, y, 38, t.dark)
        c.circle(x + wheel, y, 32, mix(rgb("8d8f90"), t.sky_low, 0.25))
    c.stroke(
        [
            (x - 52, y),
            (x - 18, y - 52),
            (x + 40, y - 52),
            (x + 52, y),
            (x + 4, y),
            (x - 18, y - 52),
        ],
        t.red,
        6,
    )
    c.stroke([(x + 40, y - 52), (x + 34, y - 84), (x + 54, y - 88)], t.dark, 5)
    boatman(c, x - 12, y - 50, 0.86)


def market(c: Canvas) -> None:
    """Stalls with striped awnings and baskets of fruit."""
    t = c.tones
    ground(c, 640, mix(t.shade, t.soil, 0.2))
    colours = [t.red, t.blue, rgb("3d8a5a")]
    for index in range(3):
        _stall(c, 50 + index * 385 + c.around(0, 10), 640, colours[index])
    for index, fruit in enumerate((t.red, t.gold, rgb("e8772e"), rgb("6f9e3f"), rgb("a23d6a"))):
        _basket(c, 130 + index * 240 + c.around(0, 24), 715, fruit)


def _stall(c: Canvas, x: float, y: float, tone: Colour) -> None:
    t = c.tones
    for post in (14, 306):
        c.rect(x + post, y - 300, 14, 300, t.wood)
    boatman(c, x + 110, y - 60, 1.05)
    boatman(c, x + 225, y - 60, 0.95)
    c.rect(x, y - 100, 334, 100, mix(t.wood, t.gold, 0.3), r=4)
    c.rect(x, y - 104, 334, 16, mix(t.wood, t.dark, 0.2), r=4)
    for step in range(11):
        c.circle(x + 26 + step * 28, y - 116, 17, mix(tone, t.gold, (step % 3) * 0.4))
    for stripe in range(8):
        fill = tone if stripe % 2 else t.white
        sx = x - 18 + stripe * 46.5
        c.polygon(
            [
                (x + 20 + stripe * 37, y - 352),
                (x + 57 + stripe * 37, y - 352),
                (sx + 46.5, y - 270),
                (sx, y - 270),
            ],
            fill,
        )
        c.ellipse(sx + 23, y - 270, 23, 20, fill)


def _basket(c: Canvas, x: float, y: float, fruit: Colour) -> None:
    t = c.tones
    for dx, dy in ((-46, -52), (-16, -62), (18, -62), (48, -52), (-30, -78), (4, -84), (34, -76)):
        c.circle(x + dx, y + dy, 23, mix(fruit, t.dark, 0.12))
        c.circle(x + dx - 2, y + dy - 2, 20, fruit)
    c.polygon(
        [(x - 84, y - 48), (x + 84, y - 48), (x + 58, y + 26), (x - 58, y + 26)],
        mix(t.wood, t.gold, 0.5),
    )
    c.stroke([(x - 84, y - 48), (x + 84, y - 48)], mix(t.wood, t.gold, 0.2), 9)
    for dy in (-22, 2):
        c.stroke(
            [(x - 72 - dy * 0.3, y + dy), (x + 72 + dy * 0.3, y + dy)], mix(t.wood, t.gold, 0.25), 4
        )


def house(c: Canvas) -> None:
    """A house of three bays, its water jar and its areca palms."""
    t = c.tones
    ground(c, 615)
    x = c.around(320, 50)
    c.polygon(
        [(x - 60, 640), (x + 640, 640), (x + 760, HEIGHT), (x - 180, HEIGHT)],
        mix(t.roof, t.shade, 0.62),
    )
    c.rect(x, 430, 580, 210, t.wall)
    for bay in range(3):
        bx = x + 26 + bay * 184
        c.rect(bx, 470, 160, 170, mix(t.wood, t.dark, 0.1), r=3)
        for leaf in range(4):
            c.rect(bx + 6 + leaf * 38, 478, 33, 162, mix(t.wood, t.gold, 0.18), r=2)
    for post in range(4):
        c.rect(x - 6 + post * 192, 424, 15, 216, mix(t.wood, t.dark, 0.3))
    c.polygon([(x - 60, 440), (x + 40, 300), (x + 540, 300), (x + 640, 440)], t.roof)
    for row in range(4):
        y, inset = 330 + row * 30, 22 + row * 21
        c.stroke([(x + 62 - inset, y), (x + 518 + inset, y)], mix(t.roof, t.dark, 0.18), 4)
    c.stroke([(x + 36, 300), (x + 544, 300)], t.roof_dark, 14)
    for px, height in ((x + 700, 380), (x + 780, 440), (x - 130, 410)):
        areca(c, px, 660, height)
    c.blob(
        [
            (x + 620, 640),
            (x + 608, 690),
            (x + 640, 730),
            (x + 690, 730),
            (x + 722, 690),
            (x + 708, 640),
            (x + 664, 632),
        ],
        mix(t.wood, t.dark, 0.25),
    )
    c.ellipse(x + 665, 640, 46, 11, t.water)


def areca(c: Canvas, x: float, y: float, height: float) -> None:
    """A slender areca palm."""
    t = c.tones
    top = y - height
    c.taper([(x, y), (x + 8, y - height / 2), (x, top)], mix(t.shade, t.wood, 0.55), 20, 13)
    c.taper([(x, top), (x, top - 34)], t.leaf, 17, 12)
    for reach, drop in (
        (-130, 40),
        (-92, -46),
        (-30, -96),
        (42, -98),
        (98, -40),
        (130, 46),
        (-60, 84),
        (66, 84),
    ):
        path = smooth(
            [
                (x, top - 30),
                (x + reach * 0.55, top - 70 + drop * 0.25),
                (x + reach, top - 10 + drop),
            ]
        )
        c.stroke(path, t.leaf_dark, 5)
        for index, (px, py) in enumerate(path[3::2]):
            c.leaf(px, py, 40, 70 if reach > 0 else 110, t.leaf if index % 2 else t.leaf_dark)


def factory(c: Canvas) -> None:
    """A works with a saw-tooth roof, sun panels and trees."""
    t = c.tones
    ground(c, 630)
    x, steel = c.around(220, 40), mix(rgb("7f97a3"), t.sky_low, 0.2)
    for stack, height in ((x + 640, 400), (x + 710, 350)):
        c.polygon(
            [
                (stack, 640),
                (stack + 10, 640 - height),
                (stack + 44, 640 - height),
                (stack + 54, 640),
            ],
            mix(t.wall, t.roof, 0.25),
        )
        c.rect(stack + 8, 640 - height + 24, 38, 24, t.red)
    for tooth in range(4):
        tx = x + tooth * 150
        c.polygon([(tx, 430), (tx, 330), (tx + 150, 430)], steel)
        c.polygon([(tx, 350), (tx, 418), (tx + 20, 418), (tx + 20, 364)], mix(t.blue, t.white, 0.5))
        for panel in range(3):
            px, py = tx + 40 + panel * 32, 366 + panel * 21
            c.polygon(
                [(px, py), (px + 26, py + 17), (px + 26, py + 27), (px, py + 10)], rgb("24435c")
            )
    c.rect(x, 428, 600, 220, t.wall)
    c.rect(x, 428, 600, 20, t.blue)
    _windows(c, x + 30, 476, 4, 82, t.blue)
    c.rect(x + 400, 490, 150, 158, mix(steel, t.white, 0.3), r=3)
    for bar in range(5):
        c.stroke([(x + 404, 514 + bar * 26), (x + 546, 514 + bar * 26)], steel, 4)
    c.rect(x + 590, 540, 200, 108, mix(t.wall, t.shade, 0.6))
    _lorry(c, x + 690, 706, t.red)
    for tx in (x - 120, x - 30, x + 850):
        c.taper([(tx, 670), (tx, 600)], t.wood, 20, 15)
        crown(c, tx, 545, 0.3)


def _lorry(c: Canvas, x: float, y: float, tone: Colour) -> None:
    t = c.tones
    c.rect(x - 170, y - 122, 210, 104, t.white, r=5)
    c.rect(x - 170, y - 66, 210, 16, tone)
    c.polygon(
        [
            (x + 48, y - 18),
            (x + 48, y - 100),
            (x + 98, y - 100),
            (x + 128, y - 58),
            (x + 128, y - 18),
        ],
        tone,
    )
    c.polygon(
        [(x + 66, y - 88), (x + 92, y - 88), (x + 112, y - 58), (x + 66, y - 58)],
        mix(t.blue, t.white, 0.55),
    )
    for wheel in (-120, -70, 90):
        c.circle(x + wheel, y - 12, 25, t.dark)
        c.circle(x + wheel, y - 12, 11, t.shade)


def flag(c: Canvas) -> None:
    """Flags along a village road on a holiday."""
    t = c.tones
    ground(c, 640, mix(t.shade, t.field, 0.25))
    c.polygon([(0, 690), (WIDTH, 660), (WIDTH, 720), (0, HEIGHT)], mix(t.shade, t.dark, 0.12))
    for x, size, height in ((930, 0.8, 330), (690, 1.0, 420), (410, 1.3, 520), (110, 1.55, 610)):
        _flagpole(c, c.around(x, 14), 700, height, size)
    for x in (250, 560, 830, 1080):
        c.ellipse(c.around(x, 20), 690, 60, 30, t.leaf_dark)
        for _ in range(9):
            c.circle(
                c.around(x, 46), c.around(678, 16), 8, c.random.choice((t.red, t.gold, t.white))
            )


PLACES = {
    "temple": temple, "school": school, "clinic": clinic, "road": road,
    "market": market, "house": house, "factory": factory, "flag": flag,
}  # fmt: skip
