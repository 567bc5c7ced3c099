"""A surface of 1200 × 750 units with the few shapes that the illustrations are made of."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageOps

from .tones import Colour, Tones, mix

WIDTH, HEIGHT = 1200, 750
SCALE = 2  # drawn larger and reduced: that smooths the edges

Point = tuple[float, float]


class Canvas:
    """Shapes in flat colours. Coordinates in units from the top left."""

    def __init__(self, tones: Tones, seed: str) -> None:
        self.tones = tones
        self.random = random.Random(seed)  # noqa: S311 (pictures, not secrets)
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Iterable[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A closed shape with soft curves through the points."""
        self.polygon(smooth([*points, points[0], points[1], points[2]], closed=True), fill)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: Colour, turn: float = 0
    ) -> None:
        """An ellipse around a centre, turned by degrees."""
        if not turn:
            box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
            self._draw.ellipse(box, fill=fill)
            return
        around = (math.radians(step * 9) for step in range(40))
        ring = [(x + rx * math.cos(angle), y + ry * math.sin(angle)) for angle in around]
        self.polygon((rotate(point, (x, y), turn) for point in ring), fill)

    def circle(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """A disc."""
        self.ellipse(x, y, radius, radius, fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, r: float = 0) -> None:
        """A rectangle with corners of radius `r`."""
        box = [x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1]
        self._draw.rounded_rectangle(box, r * SCALE, fill=fill)

    def stroke(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=fill, width=max(1, round(width * SCALE)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2, fill)

    def curve(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A soft line through the points."""
        self.stroke(smooth(points), fill, width)

    def taper(self, points: Sequence[Point], fill: Colour, thick: float, thin: float) -> None:
        """A soft line that grows thinner: a trunk, a stalk, a brush stroke."""
        path = smooth(points)
        last = len(path) - 1
        for index, (start, end) in enumerate(zip(path, path[1:], strict=False)):
            self.stroke([start, end], fill, thick + (thin - thick) * index / last)

    def leaf(self, x: float, y: float, size: float, turn: float, fill: Colour) -> None:
        """A pointed leaf growing from a point into a direction in degrees (0: to the right)."""
        outline = [(0, 0), (0.3, -0.17), (0.65, -0.15), (1, 0), (0.65, 0.15), (0.3, 0.17)]
        placed = [(x + dx * size, y + dy * size) for dx, dy in outline]
        self.polygon((rotate(point, (x, y), turn) for point in placed), fill)
        tip = rotate((x + size * 0.9, y), (x, y), turn)
        self.stroke([(x, y), tip], mix(fill, self.tones.white, 0.22), max(1, size / 40))

    def sky(self, high: Colour, low: Colour, until: float) -> None:
        """A gradient from the top down to a height."""
        column = Image.new("RGB", (1, 64))
        for step in range(64):
            column.putpixel((0, step), mix(high, low, step / 63))
        area = column.resize((WIDTH * SCALE, round(until * SCALE)), Image.Resampling.BILINEAR)
        self.image.paste(area, (0, 0))

    def around(self, value: float, spread: float) -> float:
        """A value moved by chance within ± `spread`."""
        return value + self.random.uniform(-spread, spread)

    def mirror(self) -> None:
        """Exchange left and right."""
        self.image = ImageOps.mirror(self.image)

    def webp(self) -> bytes:
        """The finished picture as a WebP file."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        file = io.BytesIO()
        small.save(file, "WEBP", quality=86, method=3)
        return file.getvalue()


def rotate(point: Point, centre: Point, degrees: float) -> Point:
    """A point turned clockwise around a centre."""
    angle = math.radians(degrees)
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    return (
        centre[0] + dx * math.cos(angle) - dy * math.sin(angle),
        centre[1] + dx * math.sin(angle) + dy * math.cos(angle),
    )


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """A Catmull-Rom curve through the points; closed when the first three are repeated."""
    padded = list(points) if closed else [points[0], *points, points[-1]]
    path: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            path.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    if not closed:
        path.append(points[-1])
    return path


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = 2 * a - 5 * b + 4 * c - d
    return 0.5 * (2 * b + (c - a) * t + bend * t * t + (3 * b - a - 3 * c + d) * t**3)
