"""Contrast of every palette in light, dark and high contrast, and the weight of what is loaded."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from cms.operations.storage import lighter
from themes.styles.colours import GRAPHICS, TEXT, Colour
from themes.styles.own import MARKS, PAIRS
from themes.styles.palettes import DESIGNED

STATIC = Path(__file__).resolve().parents[2] / "themes" / "static" / "themes"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
BASE = ':root, [data-theme="quoc-gia"] {'
CONTRAST = '[data-mau="cao"][data-mau][data-mau] {'
VALUE = r"--([\w-]+): (?:light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)|(#[0-9a-f]+));"


def block(selector: str) -> dict[str, tuple[str, str]]:
    """The colours of one rule: token → on light paper, on dark paper."""
    start = TOKENS.index(selector)
    found = re.findall(VALUE, TOKENS[start : TOKENS.index("}", start)])
    return {name: (light or both, dark or both) for name, light, dark, both in found}


def palettes() -> dict[str, dict[str, Colour]]:
    """Every theme in both schemes with what it inherits: `song-hong/dark` → colours by token."""
    found = {}
    for name in DESIGNED:
        own = {} if name == "quoc-gia" else block(f'\n[data-theme="{name}"] {{')
        for scheme, part in (("light", 0), ("dark", 1)):
            tokens = block(BASE) | own
            found[f"{name}/{scheme}"] = {key: colour(pair[part]) for key, pair in tokens.items()}
    for scheme, part in (("light", 0), ("dark", 1)):
        found[f"cao/{scheme}"] = {k: colour(pair[part]) for k, pair in block(CONTRAST).items()}
    return found


def colour(code: str) -> Colour:
    """`#fff` and `#ffffff`."""
    if len(code) == 4:
        code = "#" + "".join(char * 2 for char in code[1:])
    return Colour.parse(code)


def test_every_palette_that_units_choose_from_is_drawn() -> None:
    assert len(palettes()) == 2 * (len(DESIGNED) + 1)
    for name, tokens in palettes().items():
        assert {token for pair in PAIRS for token in pair} <= set(tokens), name


@pytest.mark.parametrize("palette", sorted(palettes()))
def test_text_is_readable_in_every_palette(palette: str) -> None:
    colours = palettes()[palette]
    least = 7.0 if palette.startswith("cao") else TEXT
    ratios = {(a, b): round(colours[a].contrast(colours[b]), 2) for a, b in PAIRS}
    assert not {pair: ratio for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("palette", sorted(palettes()))
def test_rings_and_marks_are_visible(palette: str) -> None:
    colours = palettes()[palette]
    for mark, ground in MARKS:
        assert colours[mark].contrast(colours[ground]) >= GRAPHICS, (mark, ground)


def test_old_browsers_get_one_whole_palette() -> None:
    fallback = TOKENS[TOKENS.index("@supports not") :]
    for token in block(BASE):
        assert f"--{token}: #" in fallback


def test_the_system_and_the_toolbar_ask_for_the_same_contrast() -> None:
    asked = TOKENS[TOKENS.index("@media (prefers-contrast: more)") :]
    chosen = TOKENS[TOKENS.index(CONTRAST) : TOKENS.index("@media (prefers-contrast")]
    assert re.findall(VALUE, asked[: asked.index("@supports")]) == re.findall(VALUE, chosen)


def test_style_sheets_say_the_same_without_blanks() -> None:
    css = """/* a { b } */
    a > b, a :hover { margin: calc(1px + 2px) 0; content: ": /* {  ; */ "; }
    @media (min-width: 4rem) and (x) {
      c { --i: 1; }  /* d */
    }"""
    assert lighter(css).strip() == (
        'a>b,a :hover{margin:calc(1px + 2px) 0;content:": /* {  ; */ ";}'
        "@media (min-width:4rem) and (x){c{--i:1;}}"
    )


def test_a_phone_loads_little() -> None:
    frame = "".join((STATIC / name).read_text() for name in ("tokens.css", "portal.css"))
    fonts = sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2"))
    scripts = b"".join((STATIC / name).read_bytes() for name in ("display.js", "portal.js"))
    assert len(lighter(frame)) <= 29_000
    assert fonts <= 30_000
    assert len(gzip.compress(scripts)) <= 5_000
    assert (STATIC / "fonts" / "OFL.txt").is_file()
