"""What all papers of the demonstration are made with."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from cms.basepage.bulk import insert_pages
from cms.basepage.models import BasePage
from cms.sections.models import SectionPage
from sites.distribution.actions import PushAction
from sites.units.models import AdministrativeUnit

from ..content_files import CONTENT, Raw, read, rich_text

BATCH = 400
Sections = dict[str, dict[str, SectionPage]]


@dataclass
class Desk:
    """Where papers are laid: the units and their section pages by code."""

    units: dict[str, AdministrativeUnit]
    sections: Sections
    pages: dict[str, BasePage] = field(default_factory=dict)

    def insert(self, placed: Sequence[tuple[str, str, BasePage]]) -> None:
        """Insert `(unit code, section code, page)` and remember the pages by their key."""
        pairs: list[Any] = [(self.sections[unit][section], page) for unit, section, page in placed]
        for start in range(0, len(pairs), BATCH):
            insert_pages(pairs[start : start + BATCH])
        for _parent, page in pairs:
            self.pages[page.source_id.split(":", 2)[2]] = page

    def push(self, page: BasePage, audience: list[str], policy: str = "recommended") -> None:
        """Distribute as the system does."""
        PushAction(page, audience, policy).execute()

    def words(self, unit_code: str) -> dict[str, str]:
        """Placeholders of a unit: its name inside a sentence and at its beginning."""
        unit = self.units[unit_code]
        return {"unit": unit.lower_name, "Unit": unit.name}


def entries(folder: str, name: str) -> list[Raw]:
    """All entries of a folder, each with the `units` of its file."""
    found = []
    for path in sorted((CONTENT / folder).glob("*.toml")):
        file = read(path)
        units = file.get("units") or ([file["unit"]] if "unit" in file else [])
        found += [{"units": units} | entry for entry in file[name]]
    return found


def paragraphs(texts: Iterable[str]) -> str:
    """Texts as StreamField JSON, one block each."""
    blocks = [
        {
            "type": "paragraph",
            "value": f"<p>{rich_text(text, lambda _key: None)}</p>",
            "id": str(uuid.uuid5(uuid.NAMESPACE_OID, text)),
        }
        for text in texts
    ]
    return json.dumps(blocks, ensure_ascii=False)


def steps(texts: Sequence[str]) -> str:
    """Texts as one numbered list."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    block = {"type": "paragraph", "value": f"<ol>{items}</ol>", "id": str(uuid.uuid4())}
    return json.dumps([block], ensure_ascii=False)


def morning(day: datetime.date) -> datetime.datetime:
    """Eight o’clock of a day in Viet Nam."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(8)))
