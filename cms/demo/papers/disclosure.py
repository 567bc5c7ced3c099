"""Disclosed items of some communes over all groups of the law."""

from __future__ import annotations

import datetime
import json
import random
import uuid
from typing import Any

from django.utils import timezone

from cms.disclosure.models import DisclosureAmount, DisclosureGroup, DisclosurePage

from ..content_files import Raw
from .common import Desk, entries, paragraphs

SECTION = "cong-khai"
ROMAN = ("I", "II", "III", "IV")
MILLION = 1_000_000
POSTED_DAYS = 45
PLACE = "Bảng niêm yết tại trụ sở Ủy ban nhân dân; nhà văn hóa các thôn, khu dân cư"


def fill_disclosure(desk: Desk) -> None:
    """Pages and their amounts. Items marked `some` are missing in every third commune."""
    groups = {group.code: group for group in DisclosureGroup.objects.all()}
    written: list[tuple[str, Raw, DisclosurePage]] = []
    for raw in entries("disclosure", "item"):
        for number, code in enumerate(raw["units"]):
            if not (raw.get("some") and number % 3 == 2):
                written.append((code, raw, _page(raw, code, desk, groups[raw["group"]])))
    desk.insert([(code, SECTION, page) for code, _raw, page in written])
    DisclosureAmount.objects.bulk_create(
        amount for code, raw, page in written for amount in _amounts(raw, code, page)
    )


def _page(raw: Raw, code: str, desk: Desk, group: DisclosureGroup) -> DisclosurePage:
    public = timezone.now() - datetime.timedelta(days=raw["ago"])
    year, quarter = _period(raw, timezone.localdate())
    words: dict[str, Any] = desk.words(code) | {"year": year}
    words["period"] = f"quý {ROMAN[quarter - 1]} năm {year}" if quarter else str(year)
    first = timezone.localdate(public)
    page = DisclosurePage(
        source_id=f"demo:disclosure:{raw['key']}-{code}",
        title=raw["title"].format(**words),
        group=group,
        period_year=year,
        period_quarter=quarter,
        known_on=first - datetime.timedelta(days=4),
        decided_by=raw["decided_by"],
        on_board=raw.get("board", False),
        on_loudspeaker=raw.get("loudspeaker", False),
        at_meeting=raw.get("meeting", False),
        through_villages=raw.get("villages", False),
        place_vi=PLACE,
        posted_from=first,
        posted_until=first + datetime.timedelta(days=POSTED_DAYS),
        public_at=public,
        body_vi=_body(raw, words),
    )
    if group.is_personal:
        page.expire_at = timezone.now() + datetime.timedelta(days=90)
    return page


def _period(raw: Raw, today: datetime.date) -> tuple[int | None, int | None]:
    if "year" in raw:
        return today.year - raw["year"], None
    if "quarter" not in raw:
        return None, None
    index = today.year * 4 + (today.month - 1) // 3 - raw["quarter"]
    return index // 4, index % 4 + 1


def _body(raw: Raw, words: dict[str, Any]) -> str:
    blocks = json.loads(paragraphs([raw["text"].format(**words)])) if "text" in raw else []
    if table := raw.get("table"):
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in table["header"]],
            "rows": [{"values": row} for row in table["rows"]],
            "caption": table["caption"],
        }
        blocks.append({"type": "table", "value": value, "id": str(uuid.uuid4())})
    return json.dumps(blocks, ensure_ascii=False)


def _amounts(raw: Raw, code: str, page: DisclosurePage) -> list[DisclosureAmount]:
    chance = random.Random(f"{raw['key']}-{code}")  # noqa: S311 (repeatable, not secret)
    return [
        DisclosureAmount(
            page=page, name=name, amount=chance.randint(low, high) * MILLION, sort_order=order
        )
        for order, (name, low, high) in enumerate(raw.get("amounts", []))
    ]
