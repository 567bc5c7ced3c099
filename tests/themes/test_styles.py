"""Contrast of every palette in light and dark, and the weight of what a phone loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "themes" / "static" / "themes"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
# Text and the ground on which it stands (WCAG 2.2, 1.4.3: at least 4.5 to 1).
PAIRS = [
    (text, ground)
    for ground in ("paper", "surface", "tint")
    for text in ("ink", "ink-soft", "brand-ink", "accent-ink")
] + [
    (text, ground) for text in ("on-brand", "on-brand-soft") for ground in ("brand", "brand-deep")
] + [("warn", "warn-tint"), ("ink", "warn-tint"), ("accent", "brand-deep")]  # fmt: skip


def palettes() -> dict[str, dict[str, str]]:
    """Every theme in both schemes with what it inherits: `song-hong/dark` → colours by token."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = {}
    for name in ("quoc-gia", "song-hong", "lua-chin"):
        colours = _colours(light, "") | _colours(light, name)
        found[f"{name}/light"] = colours
        found[f"{name}/dark"] = colours | _colours(dark, "") | _colours(dark, name)
    return found


def _colours(css: str, theme: str) -> dict[str, str]:
    selector = f':root[data-theme="{theme}"] {{' if theme else ":root {"
    if selector not in css:
        return {}
    block = css[css.index(selector) : css.index("}", css.index(selector))]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))


def luminance(code: str) -> float:
    """Relative luminance of a colour as WCAG defines it, 0 to 1."""
    code = code.removeprefix("#")
    code = "".join(char * 2 for char in code) if len(code) == 3 else code
    parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", sorted(palettes()))
def test_text_is_readable_in_every_palette(palette: str) -> None:
    colours = palettes()[palette]
    ratios = {(a, b): round(contrast(colours[a], colours[b]), 2) for a, b in PAIRS}
    weak = {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5}
    assert not weak


@pytest.mark.parametrize("palette", sorted(palettes()))
def test_the_focus_ring_is_visible(palette: str) -> None:
    colours = palettes()[palette]
    for ground in ("paper", "surface", "tint"):
        assert contrast(colours["focus"], colours[ground]) >= 3


def test_a_phone_loads_little() -> None:
    styles = sum(path.stat().st_size for path in STATIC.glob("*.css"))
    fonts = sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2"))
    assert styles <= 30_000
    assert fonts <= 90_000
    assert (STATIC / "fonts" / "OFL.txt").is_file()
