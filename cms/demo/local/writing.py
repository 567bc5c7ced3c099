"""What the fillers share: where pages stand, words in both languages, bodies."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cms.basepage.models import BasePage
from cms.sections.models import SectionPage

from ..content_files import Raw, stream

START = datetime.datetime.fromisoformat("2024-01-02T08:00:00+07:00")
Pictures = dict[tuple[str, int], int]


@dataclass
class Writing:
    """Collects pages with their places; nothing is written before `pairs` is inserted."""

    sections: dict[str, dict[str, SectionPage]]
    pictures: Pictures
    pairs: list[tuple[Any, BasePage]] = field(default_factory=list)

    def add(self, code: str, section: str, page: BasePage) -> None:
        """File a page under a section of a unit's site; sites without the section get none."""
        place = self.sections.get(code, {}).get(section)
        if place is not None:
            self.pairs.append((place, page))

    def picture(self, motif: str | None, seed: int = 0) -> int | None:
        """The key of a picture of a motif."""
        return self.pictures.get((motif or "", seed % 2))


def common(kind: str, key: str, raw: Raw, names: dict[str, str] | None = None) -> dict[str, Any]:
    """The values that every page has: id, titles, summaries, dates."""
    names = names or {}
    when = raw.get("published", START)
    return {
        "source_id": f"demo:{kind}:{key}",
        "title": raw["title"].format(**names),
        "headline_en": raw.get("title_en", "").format(**names),
        "summary_vi": raw.get("summary", "").format(**names),
        "summary_en": raw.get("summary_en", "").format(**names),
        "public_at": when,
        "first_published_at": when,
    }


def both(raw: Raw, fields: Iterable[str], names: dict[str, str] | None = None) -> dict[str, Any]:
    """Values of translated texts: `address` and `address_en` of a file."""
    names = names or {}
    found = {}
    for name in fields:
        found[f"{name}_vi"] = raw.get(name, "").format(**names)
        found[f"{name}_en"] = raw.get(f"{name}_en", "").format(**names)
    return found


def paragraphs(texts: Iterable[str]) -> str:
    """A body of paragraphs as StreamField JSON."""
    return _stored([{"type": "paragraph", "text": text} for text in texts])


def items(texts: list[str]) -> str:
    """A body of one list as StreamField JSON; empty for no items."""
    return _stored([{"type": "list", "items": texts}] if texts else [])


def _stored(blocks: list[Raw]) -> str:
    return json.dumps(stream(blocks, lambda key: None, lambda motif: None))
