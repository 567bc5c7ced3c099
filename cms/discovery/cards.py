"""The picture that a link to a page gets on Zalo or Facebook when the page has none of its own.

1200 × 630 pixels, drawn from the title, the unit and the mark of its theme. The letters are those
of the site: Be Vietnam Pro, the shipped web fonts in the TrueType form that Pillow reads (OFL).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from .palettes import RGB, CardPalette

FONTS = Path(__file__).parent / "fonts"
WIDTH, HEIGHT, MARGIN, BAND, MARK = 1200, 630, 72, 150, 88
TITLE_SIZES = (72, 64, 56, 48, 42)
MOST_LINES = 5
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says: a label above (section), the title, and the unit in the band below."""

    title: str
    label: str
    kind: str
    unit: str


def draw_card(text: CardText, palette: CardPalette, emblem: Image.Image | None = None) -> bytes:
    """A PNG of 1200 × 630 pixels, with the unit's own emblem in place of the mark if it has one."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette.paper)
    draw = ImageDraw.Draw(image)
    _draw_arches(image, palette)
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=palette.brand)
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT - BAND + 6), fill=palette.accent)
    top = MARGIN
    if text.label:
        label = shortened(text.label, _font(600, 30), WIDTH - 2 * MARGIN)
        draw.text((MARGIN, top), label, palette.brand, _font(600, 30))
        top += 58
    _draw_title(draw, text.title, top, palette.ink)
    _draw_unit(draw, image, text, palette, emblem)
    return _png(image)


def _draw_title(draw: ImageDraw.ImageDraw, title: str, top: int, ink: RGB) -> None:
    size, lines = fitted(title, WIDTH - 2 * MARGIN, HEIGHT - BAND - top - 36)
    for number, line in enumerate(lines):
        draw.text((MARGIN, top + number * round(size * 1.26)), line, ink, _font(700, size))


def _draw_unit(
    draw: ImageDraw.ImageDraw,
    image: Image.Image,
    text: CardText,
    palette: CardPalette,
    emblem: Image.Image | None,
) -> None:
    middle = HEIGHT - BAND // 2 + 3
    place = (MARGIN, middle - MARK // 2)
    mark = _mark(MARK, palette) if emblem is None else _plate(emblem)
    image.paste(mark, place, mark)
    left = MARGIN + MARK + 28
    draw.text((left, middle - 42), text.kind, palette.on_brand_soft, _font(600, 27))
    unit = shortened(text.unit, _font(700, 40), WIDTH - left - MARGIN)
    draw.text((left, middle - 8), unit, palette.on_brand, _font(700, 40))


def _plate(emblem: Image.Image) -> Image.Image:
    """An emblem on a white plate, so that it is seen on any colour."""
    inner = MARK - 14
    small = ImageOps.contain(emblem.convert("RGBA"), (inner, inner), Image.Resampling.LANCZOS)
    plate = Image.new("RGBA", (MARK, MARK))
    ImageDraw.Draw(plate).rounded_rectangle((0, 0, MARK - 1, MARK - 1), 14, fill="white")
    plate.alpha_composite(small, ((MARK - small.width) // 2, (MARK - small.height) // 2))
    return plate


def fitted(title: str, width: int, height: int) -> tuple[int, list[str]]:
    """The largest size, in pixels, at which a title fits, and its lines.

    A title that fits at no size is cut with an ellipsis.
    """
    words = " ".join(title.split())
    for size in TITLE_SIZES:
        lines = wrapped(words, _font(700, size), width)
        if len(lines) <= MOST_LINES and len(lines) * size * 1.26 <= height:
            return size, lines
    kept = max(1, min(MOST_LINES, int(height / (size * 1.26))))
    last = shortened(" ".join(lines[kept - 1 :]), _font(700, size), width)
    return size, [*lines[: kept - 1], last]


def wrapped(text: str, font: Font, width: int) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider by itself is broken."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        *full, rest = _broken(word, font, width)
        lines += [*full, rest]
    return [line for line in lines if line]


def _broken(word: str, font: Font, width: int) -> list[str]:
    parts = [""]
    for letter in word:
        if font.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def shortened(text: str, font: Font, width: int) -> str:
    """A text that fits into `width` pixels, ended by an ellipsis where it was cut."""
    if font.getlength(text) <= width:
        return text
    text = text[:200]
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip(" ,.;:–-") + "…"


@lru_cache(maxsize=16)
def _font(weight: int, size: int) -> Font:
    return ImageFont.truetype(FONTS / f"be-vietnam-pro-{weight}.ttf", size)


@lru_cache(maxsize=4)
def _mark(size: int, palette: CardPalette) -> Image.Image:
    """Three arches on a disc, as themes/templates/themes/marks/quoc-gia.html draws them."""
    scale = size * 4 / 64
    image = Image.new("RGBA", (size * 4, size * 4))
    draw = ImageDraw.Draw(image)
    draw.ellipse((scale, scale, 63 * scale, 63 * scale), fill=palette.on_brand)
    _arches(draw, palette.brand, scale, (0, 0), 3)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _arches(
    draw: ImageDraw.ImageDraw, colour: RGB, scale: float, origin: tuple[float, float], pen: float
) -> None:
    line = max(1, round(pen * scale))
    for radius, top, foot in ((19.0, 34.0, 47.0), (10.5, 35.0, 47.0), (2.5, 37.0, 47.0)):
        box = [32 - radius, top - radius, 32 + radius, top + radius]
        left, high, right, low = (
            origin[number % 2] + value * scale for number, value in enumerate(box)
        )
        draw.arc((left, high, right, low), 180, 360, colour, line)
        foot_at, middle = origin[1] + foot * scale, origin[1] + top * scale
        draw.line((left + line / 2, middle, left + line / 2, foot_at), colour, line)
        draw.line((right - line / 2, middle, right - line / 2, foot_at), colour, line)
    base = origin[1] + 51.5 * scale
    draw.line((origin[0] + 10 * scale, base, origin[0] + 54 * scale, base), colour, line)


def _draw_arches(image: Image.Image, palette: CardPalette) -> None:
    """The arches once more, large and faint, behind the title."""
    soft: RGB = tuple(  # type: ignore[assignment]
        round(paper * 0.94 + accent * 0.06)
        for paper, accent in zip(palette.paper, palette.accent, strict=True)
    )
    _arches(ImageDraw.Draw(image), soft, 9.4, (690, -20), 3)


def _png(image: Image.Image) -> bytes:
    """As few bytes as flat colours need."""
    output = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
    return output.getvalue()
