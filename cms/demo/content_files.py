"""Read the demonstration's TOML files and turn their blocks into StreamField data."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.html import escape

CONTENT = Path(__file__).parent / "content"
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\(page:([a-z0-9-]+)\)")

Raw = dict[str, Any]
Resolve = Callable[[str], int | None]


def read(path: Path) -> Raw:
    """One TOML file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def articles(folder: str) -> Iterator[Raw]:
    """The articles of a folder, in the order of their file names."""
    for path in sorted((CONTENT / folder).glob("*.toml")):
        yield read(path)


def rich_text(text: str, page_id: Resolve) -> str:
    """`**bold**` and `[text](page:key)` as Wagtail stores rich text."""

    def link(match: re.Match[str]) -> str:
        target = page_id(match[2])
        return f'<a linktype="page" id="{target}">{match[1]}</a>' if target else match[1]

    return LINK.sub(link, BOLD.sub(r"<b>\1</b>", escape(text)))


def stream(blocks: list[Raw], page_id: Resolve, image_id: Resolve) -> list[Raw]:
    """Blocks of a file as StreamField data."""
    made = []
    for block in blocks:
        kind, value = _block(block, page_id, image_id)
        made.append({"type": kind, "value": value, "id": str(uuid.uuid4())})
    return made


def _block(block: Raw, page_id: Resolve, image_id: Resolve) -> tuple[str, Any]:
    kind = block["type"]
    if kind == "paragraph":
        return kind, f"<p>{rich_text(block['text'], page_id)}</p>"
    if kind == "list":
        tag = "ol" if block.get("ordered") else "ul"
        items = "".join(f"<li>{rich_text(item, page_id)}</li>" for item in block["items"])
        return "paragraph", f"<{tag}>{items}</{tag}>"
    if kind == "heading":
        return kind, {"text": block["text"], "level": str(block.get("level", 2))}
    if kind == "quote":
        return kind, {"text": block["text"], "source": block.get("source", "")}
    if kind == "table":
        return kind, _table(block)
    if kind == "note":
        text = f"<p>{rich_text(block['text'], page_id)}</p>"
        return kind, {"kind": block["kind"], "title": block.get("title", ""), "text": text}
    if kind == "image":
        image = image_id(block["motif"])
        caption, alt = block.get("caption", ""), block.get("alt", "")
        return kind, {"image": image, "caption": caption, "alt": alt}
    raise ValueError(f"unknown block type {kind!r}")


def _table(block: Raw) -> Raw:
    return {
        "columns": [{"type": "text", "heading": heading} for heading in block["header"]],
        "rows": [{"values": [str(cell) for cell in row]} for row in block["rows"]],
        "caption": block.get("caption", ""),
    }
