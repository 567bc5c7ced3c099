"""Read the demonstration content and list its texts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parents[2] / "cms" / "demo" / "content"
NOT_THEMES = {"about", "crops", "villages"}

Raw = dict[str, Any]


def read(path: Path) -> Raw:
    """One TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def files(folder: str) -> list[Path]:
    """The files of a folder of the content, by name."""
    return sorted((CONTENT / folder).glob("*.toml"))


def article_files() -> list[Path]:
    """Every article of the province and of the districts."""
    return files("province") + files("districts")


def theme_files() -> list[Path]:
    """Every theme of the communes' stock."""
    return [path for path in files("communes") if path.stem not in NOT_THEMES]


def strings(value: Any) -> Iterator[str]:
    """Every string inside a value, keys aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def words(blocks: list[Raw]) -> int:
    """Syllables a reader meets in a body (Vietnamese puts a space between syllables)."""
    shown = ("text", "items", "caption", "header", "rows", "title", "source")
    return sum(
        len(text.split())
        for block in blocks
        for field in shown
        for text in strings(block.get(field, ""))
    )
