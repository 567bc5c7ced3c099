"""Motifs of public service: vaccine, computer, loudspeaker, book, document, meeting."""

from __future__ import annotations

from .canvas import HEIGHT, WIDTH, Canvas, rotate, smooth
from .scenery import ground
from .tones import Colour, mix, rgb


def table(c: Canvas, y: float) -> None:
    """A wooden table top along the lower edge."""
    t = c.tones
    top = mix(t.wood, t.gold, 0.32)
    c.rect(0, y, WIDTH, HEIGHT - y, top)
    c.rect(0, y, WIDTH, 14, mix(top, t.white, 0.25))
    for line in (y + 48, y + 104):
        c.curve(
            [(0, line), (400, line + 10), (800, line - 6), (WIDTH, line + 6)],
            mix(top, t.dark, 0.12),
            3,
        )


def vaccine(c: Canvas) -> None:
    """A vial and a syringe in front of a shield."""
    t, mint = c.tones, rgb("3d9a8b")
    table(c, 610)
    x = c.around(600, 30)
    outer = smooth([(x, 110), (x + 120, 165), (x + 240, 175)])
    lower = smooth([(x + 240, 175), (x + 225, 400), (x + 120, 540), (x, 610)])
    half = [*outer, *lower]
    c.polygon([*half, *[(2 * x - px, py) for px, py in reversed(half)]], mint)
    inner = [(x + (px - x) * 0.86, 355 + (py - 355) * 0.86) for px, py in half]
    c.polygon([*inner, *[(2 * x - px, py) for px, py in reversed(inner)]], mix(mint, t.white, 0.28))
    _vial(c, x - 130, 650, t.gold)
    _vial(c, x - 265, 668, t.red)
    _syringe(c, x + 90, 400)


def _vial(c: Canvas, x: float, y: float, cap: Colour) -> None:
    t = c.tones
    c.ellipse(x, y, 74, 11, mix(t.wood, t.dark, 0.3))
    c.rect(x - 62, y - 220, 124, 222, t.white, r=20)
    c.rect(x - 62, y - 110, 124, 112, mix(t.water, t.white, 0.35), r=20)
    c.rect(x - 62, y - 168, 124, 76, mix(t.white, t.shade, 0.35))
    c.rect(x - 44, y - 148, 88, 10, rgb("3d9a8b"), r=5)
    c.rect(x - 44, y - 126, 56, 10, t.shade, r=5)
    c.rect(x - 30, y - 254, 60, 40, mix(t.white, t.hill, 0.25))
    c.rect(x - 42, y - 292, 84, 46, cap, r=8)


def _syringe(c: Canvas, x: float, y: float) -> None:
    t, turn = c.tones, 48

    def part(left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        c.polygon((rotate((x + px, y + py), (x, y), turn) for px, py in corners), fill)

    part(-330, -4, -170, 4, mix(t.white, t.dark, 0.35))
    part(-186, -20, -150, 20, t.gold)
    part(-156, -44, 170, 44, mix(t.white, t.water, 0.2))
    part(-156, -44, 30, 44, mix(t.water, rgb("3d9a8b"), 0.45))
    part(18, -44, 44, 44, t.dark)
    part(44, -9, 250, 9, mix(t.white, t.hill, 0.4))
    part(166, -74, 192, 74, mix(t.white, t.hill, 0.5))
    part(246, -52, 270, 52, mix(t.white, t.hill, 0.5))
    for mark in range(-120, 130, 36):
        part(mark, -44, mark + 4, -18, mix(t.dark, t.hill, 0.4))


def computer(c: Canvas) -> None:
    """A laptop and a telephone with a service that was completed."""
    t = c.tones
    table(c, 600)
    x, dark = c.around(520, 40), rgb("2c3b45")
    c.rect(x - 300, 200, 600, 400, dark, r=22)
    c.rect(x - 276, 224, 552, 346, t.white, r=8)
    c.rect(x - 276, 224, 552, 54, t.red, r=8)
    c.circle(x - 244, 251, 13, t.gold)
    c.rect(x - 214, 244, 190, 13, mix(t.red, t.white, 0.6), r=6)
    for row in range(4):
        y = 312 + row * 60
        c.rect(x - 244, y, 38, 38, mix(t.leaf, t.white, 0.1), r=8)
        tick(c, x - 225, y + 19, 11, t.white)
        c.rect(x - 186, y + 4, 250 - row * 34, 12, t.shade, r=6)
        c.rect(x - 186, y + 24, 170 - row * 16, 10, mix(t.shade, t.white, 0.45), r=5)
    c.rect(x + 100, 312, 150, 218, mix(t.sky_low, t.white, 0.35), r=10)
    c.circle(x + 175, 380, 34, mix(t.hill, t.white, 0.2))
    c.ellipse(x + 175, 470, 56, 40, mix(t.hill, t.white, 0.2))
    c.rect(x + 100, 478, 150, 52, mix(t.sky_low, t.white, 0.35), r=10)
    c.rect(x + 120, 490, 110, 26, t.red, r=13)
    c.polygon(
        [(x - 300, 596), (x + 300, 596), (x + 380, 652), (x - 380, 652)], mix(dark, t.white, 0.35)
    )
    c.rect(x - 380, 650, 760, 18, dark, r=9)
    _telephone(c, x + 480, 690)


def tick(c: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    """A check mark around a centre."""
    c.stroke(
        [(x - size, y), (x - size * 0.25, y + size * 0.75), (x + size, y - size * 0.75)],
        fill,
        size * 0.42,
    )


def _telephone(c: Canvas, x: float, y: float) -> None:
    t = c.tones
    c.rect(x - 92, y - 350, 184, 350, rgb("2c3b45"), r=28)
    c.rect(x - 80, y - 336, 160, 322, t.white, r=18)
    c.circle(x, y - 220, 54, t.leaf)
    tick(c, x, y - 220, 27, t.white)
    for row, width in enumerate((116, 84, 100)):
        c.rect(x - width / 2, y - 138 + row * 28, width, 13, t.shade, r=6)
    c.rect(x - 56, y - 54, 112, 28, t.red, r=14)


def loudspeaker(c: Canvas) -> None:
    """The commune's loudspeakers on their pole."""
    t = c.tones
    ground(c, 640)
    x = c.around(560, 40)
    c.rect(x - 14, 190, 28, 500, mix(t.shade, t.dark, 0.28))
    c.rect(x - 110, 300, 220, 14, mix(t.shade, t.dark, 0.4), r=7)
    _horn(c, x - 30, 330, -1)
    _horn(c, x + 30, 270, 1)
    for side, y in ((1, 270), (-1, 330)):
        for ring in range(3):
            radius = 70 + ring * 52
            start = x + side * 280
            arc = [
                (start + side * radius * 0.42, y - radius * 0.8),
                (start + side * radius * 0.78, y),
                (start + side * radius * 0.42, y + radius * 0.8),
            ]
            c.curve(arc, mix(t.white, t.sky_low, ring * 0.25), 9 - ring)
    c.rect(x - 34, 470, 68, 92, mix(t.wall, t.hill, 0.3), r=6)
    c.circle(x, 500, 12, t.leaf)


def _horn(c: Canvas, x: float, y: float, side: int) -> None:
    t, metal = c.tones, mix(c.tones.white, c.tones.hill, 0.22)
    c.rect(min(x, x + side * 70), y - 34, 70, 68, mix(metal, t.dark, 0.35), r=14)
    bell = smooth([(x + side * 50, y - 26), (x + side * 150, y - 54), (x + side * 250, y - 126)])
    c.polygon([*bell, *[(px, 2 * y - py) for px, py in reversed(bell)]], metal)
    c.ellipse(x + side * 250, y, 36, 128, mix(metal, t.white, 0.5))
    c.ellipse(x + side * 252, y, 27, 108, mix(t.roof_dark, t.dark, 0.35))
    c.circle(x + side * 248, y, 24, t.gold)


def book(c: Canvas) -> None:
    """An open book from which a lotus grows."""
    t = c.tones
    table(c, 600)
    x = c.around(600, 30)
    c.polygon([(x - 400, 620), (x + 400, 620), (x + 372, 690), (x - 372, 690)], t.red)
    for side in (-1, 1):
        page = smooth([(x, 560), (x + side * 150, 520), (x + side * 390, 550)])
        c.polygon(
            [*page, (x + side * 380, 665), *[(px, py + 112) for px, py in reversed(page)]], t.white
        )
        for row in range(3):
            line = smooth(
                [
                    (x + side * 40, 578 + row * 26),
                    (x + side * 160, 551 + row * 26),
                    (x + side * 340, 572 + row * 26),
                ]
            )
            c.stroke(line, t.shade, 6)
    c.curve([(x, 558), (x, 672)], mix(t.shade, t.dark, 0.2), 5)
    _lotus(c, x, 556)


def _lotus(c: Canvas, x: float, y: float) -> None:
    """A lotus in bloom on its stem, and two round leaves."""
    t, pink = c.tones, rgb("e58aa4")
    c.taper([(x, y), (x - 16, y - 90), (x, y - 190)], t.leaf_dark, 14, 10)
    for side, drop in ((-1, 60), (1, 96)):
        lx, ly = x + side * 165, y - 190 + drop
        c.taper([(x, y), (x + side * 110, y - 40), (lx, ly)], t.leaf_dark, 10, 7)
        c.ellipse(lx, ly, 92, 34, t.leaf, side * -8)
        c.ellipse(lx, ly - 5, 70, 22, mix(t.leaf, t.gold, 0.18), side * -8)
    for layer, (reach, spread) in enumerate(((118, 72), (112, 44), (104, 16))):
        for turn in (-spread, spread):
            fill = mix(pink, t.white, 0.12 + layer * 0.24)
            centre = rotate((x, y - 190 - reach * 0.62), (x, y - 190), turn)
            c.ellipse(*centre, 31, reach * 0.72, fill, turn)
    c.ellipse(x, y - 262, 30, 72, mix(pink, t.white, 0.78))
    c.ellipse(x, y - 196, 62, 20, mix(pink, t.white, 0.45))


def document(c: Canvas) -> None:
    """Sheets with a red seal, and a pen."""
    t = c.tones
    table(c, 560)
    x = c.around(560, 30)
    for turn, tone in ((-9, mix(t.white, t.shade, 0.55)), (5, mix(t.white, t.shade, 0.25))):
        corners = [(x - 200, 130), (x + 200, 130), (x + 200, 680), (x - 200, 680)]
        c.polygon((rotate(corner, (x, 400), turn) for corner in corners), tone)
    c.rect(x - 205, 120, 410, 560, t.white, r=6)
    c.rect(x - 60, 160, 120, 14, t.red, r=7)
    c.rect(x - 110, 188, 220, 12, t.shade, r=6)
    for row in range(8):
        width = 320 if row % 4 != 3 else 210
        c.rect(x - 160, 250 + row * 36, width, 13, mix(t.shade, t.hill, 0.15), r=6)
    c.circle(x + 95, 590, 62, t.red)
    c.circle(x + 95, 590, 52, t.white)
    c.circle(x + 95, 590, 46, t.red)
    for corner in range(8):
        tip = rotate((x + 95, 560), (x + 95, 590), corner * 45)
        c.circle(*tip, 6, t.white)
    c.circle(x + 95, 590, 13, t.white)
    c.curve(
        [(x - 150, 610), (x - 110, 580), (x - 90, 620), (x - 50, 585), (x - 20, 608)], t.blue, 5
    )
    _pen(c, x + 330, 600)


def _pen(c: Canvas, x: float, y: float) -> None:
    t = c.tones
    c.ellipse(x + 16, y + 70, 190, 10, mix(t.wood, t.dark, 0.3), -32)
    c.stroke([(x - 150, y + 150), (x + 170, y - 60)], t.blue, 30)
    c.stroke([(x + 20, y + 38), (x + 170, y - 60)], mix(t.blue, t.dark, 0.4), 31)
    c.polygon([(x - 195, y + 180), (x - 142, y + 163), (x - 160, y + 137)], t.gold)


def meeting(c: Canvas) -> None:
    """Neighbours around a table in the village house."""
    t = c.tones
    ground(c, 560, mix(t.shade, t.soil, 0.25))
    clothes = [t.red, t.blue, rgb("3d8a5a"), t.gold, rgb("7b4a7d"), rgb("d57f4a")]
    c.random.shuffle(clothes)
    for index, x in enumerate((250, 430, 610, 790, 970)):
        _person(c, c.around(x, 10), c.around(560, 10), clothes[index], index % 2 == 0)
    c.ellipse(600, 668, 520, 92, mix(t.wood, t.dark, 0.25))
    c.ellipse(600, 650, 520, 88, mix(t.wood, t.gold, 0.35))
    for x, y in ((380, 640), (610, 620), (830, 645)):
        c.rect(x - 44, y - 12, 88, 40, t.white, r=3)
        c.stroke([(x - 28, y + 2), (x + 24, y + 2)], t.shade, 5)
        c.stroke([(x - 28, y + 15), (x + 10, y + 15)], t.shade, 5)
    for x in (500, 720):
        c.ellipse(x, 668, 24, 9, t.white)
        c.rect(x - 17, 640, 34, 26, t.white, r=8)
    for x, y, fill in ((330, 190, t.white), (690, 150, mix(t.gold, t.white, 0.45))):
        _speech(c, x, y, fill)


def _person(c: Canvas, x: float, y: float, tone: Colour, long_hair: bool) -> None:
    t = c.tones
    if long_hair:
        c.ellipse(x, y - 158, 55, 72, t.dark)
    c.rect(x - 82, y - 100, 164, 200, tone, r=64)
    c.rect(x - 17, y - 122, 34, 40, rgb("c9966d"), r=12)
    c.polygon([(x - 26, y - 98), (x, y - 66), (x + 26, y - 98)], mix(tone, t.white, 0.6))
    c.ellipse(x, y - 158, 43, 50, rgb("dba97f"))
    hair = [
        (x - 47, y - 158),
        (x - 40, y - 206),
        (x, y - 219),
        (x + 40, y - 206),
        (x + 47, y - 158),
        (x + 28, y - 186),
        (x - 20, y - 190),
    ]
    c.blob(hair, t.dark if not long_hair else mix(t.dark, t.wood, 0.25))


def _speech(c: Canvas, x: float, y: float, fill: Colour) -> None:
    t = c.tones
    c.rect(x - 90, y, 190, 104, fill, r=30)
    c.polygon([(x - 20, y + 98), (x + 30, y + 98), (x - 14, y + 142)], fill)
    for row, width in enumerate((120, 84)):
        c.rect(x - 56, y + 32 + row * 28, width, 12, mix(fill, t.dark, 0.24), r=6)


THINGS = {
    "vaccine": vaccine, "computer": computer, "loudspeaker": loudspeaker,
    "book": book, "document": document, "meeting": meeting,
}  # fmt: skip
