"""The words of a body without its mark-up, read from the stored data: no query, no rendering."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

# What a reader sees of a block, by field name; identifiers, levels and addresses are no text.
TEXT_FIELDS = ("title", "heading", "text", "caption", "alt", "source")
NESTED_FIELDS = ("columns", "rows", "values", "value")
NO_TEXT = ("documents",)

_BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|div|td|tr)>|<br\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")


def plain_text(blocks: Iterable[Any]) -> str:
    """The text of raw stream blocks (`{"type", "value"}`), one paragraph a line."""
    lines = (
        line for block in blocks if block["type"] not in NO_TEXT for line in _lines(block["value"])
    )
    return "\n".join(line for line in lines if line)


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield without_tags(value)
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item)
    elif isinstance(value, dict):
        for name in (*TEXT_FIELDS, *NESTED_FIELDS):
            if value.get(name):
                yield from _lines(value[name])


def without_tags(text: str) -> str:
    """Rich text as plain text, entities decoded; plain text stays as it is."""
    if "<" in text:
        text = _TAGS.sub("", _BLOCK_ENDS.sub("\n", text))
    return html.unescape(text).strip()
