"""Compose each commune's own notices from the written stock: the same for the same commune."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils import timezone

from sites.units.models import AdministrativeUnit, Kind

from .content_files import CONTENT, Raw, read

FIRST_DAY = datetime.date(2023, 7, 3)
LAST_DAY = datetime.date(2025, 6, 27)
NOTICES_PER_COMMUNE = 8
URBAN = {Kind.PHUONG, Kind.THI_TRAN}
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
NUMBER = re.compile(r"\{number:(\d+)-(\d+)\}")
NOT_THEMES = {"crops", "about", "villages"}


@cache
def stock() -> dict[str, Raw]:
    """All files of the stock, by name."""
    folder = CONTENT / "communes"
    return {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}


def notices_of(unit: AdministrativeUnit) -> Iterator[Raw]:
    """The notices of one commune as articles: theme, title, summary, body, date."""
    chance = random.Random(f"notices-{unit.code}")  # noqa: S311 (repeatable, not secret)
    is_urban = unit.kind in URBAN
    themes = [
        theme
        for name, theme in stock().items()
        if name not in NOT_THEMES and _suits(theme, is_urban)
    ]
    chosen = chance.sample(themes, min(NOTICES_PER_COMMUNE, len(themes)))
    for theme in chosen:
        variants = [variant for variant in theme["variant"] if _suits(variant, is_urban)]
        yield _compose(theme, chance.choice(variants or theme["variant"]), unit, chance)


def about(unit: AdministrativeUnit) -> Raw:
    """The article that introduces a commune."""
    chance = random.Random(f"about-{unit.code}")  # noqa: S311
    theme = stock()["about"]
    suitable = [v for v in theme["variant"] if _suits(v, unit.kind in URBAN)]
    return _compose(theme, chance.choice(suitable), unit, chance)


def _suits(entry: Raw, is_urban: bool) -> bool:
    return not (entry.get("rural_only") and is_urban or entry.get("urban_only") and not is_urban)


def _compose(theme: Raw, variant: Raw, unit: AdministrativeUnit, chance: random.Random) -> Raw:
    setting = theme | variant
    event = _event_day(setting, chance)
    low, high = setting.get("lead_days", [2, 6])
    published = event - datetime.timedelta(days=chance.randint(low, high))
    words = _words(unit, event, chance)

    def say(text: str) -> str:
        text = NUMBER.sub(lambda m: str(chance.randint(int(m[1]), int(m[2]))), text)
        for name, value in words.items():
            text = text.replace("{" + name + "}", value)
        return text

    time = datetime.time(chance.randint(7, 16), chance.choice([0, 10, 15, 30, 45]))
    return {
        "key": f"{unit.code}-{theme['key']}",
        "section": setting["section"],
        "title": say(variant["title"]),
        "summary": say(variant["summary"]),
        "author": say(setting.get("author", "Ban Biên tập")),
        "illustration": setting.get("illustration"),
        "published": timezone.make_aware(datetime.datetime.combine(published, time)),
        "body": [_say_block(block, say) for block in variant["body"]],
    }


def _say_block(block: Raw, say: Any) -> Raw:
    """A block with every text in it filled in."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return say(value)
        return [fill(item) for item in value] if isinstance(value, list) else value

    return {name: value if name == "type" else fill(value) for name, value in block.items()}


def _event_day(setting: Raw, chance: random.Random) -> datetime.date:
    """A day in the two years that fits the months and the days of the week of the notice."""
    months = set(setting.get("months") or range(1, 13))
    days = (LAST_DAY - FIRST_DAY).days
    candidates = [FIRST_DAY + datetime.timedelta(days=n) for n in range(14, days)]
    suitable = [
        day for day in candidates if day.month in months and _fits(day, setting.get("days", "any"))
    ]
    return chance.choice(suitable)


def _fits(day: datetime.date, days: str) -> bool:
    if days == "working":
        return day.weekday() < 5
    if days == "weekend":
        return day.weekday() >= 5
    return True


def _words(unit: AdministrativeUnit, event: datetime.date, chance: random.Random) -> dict[str, str]:
    kind = unit.lower_name.removesuffix(unit.short_name).strip()
    crops = stock().get("crops", {})
    own = crops.get(unit.parent.code if unit.parent else "", {})
    crop = chance.choice(own.get("crops") or [{"name": "lúa", "season": "vụ này"}])
    return {
        "kind": kind,
        "name": unit.short_name,
        "unit": unit.lower_name,
        "Unit": unit.name,
        "district": unit.parent.lower_name if unit.parent else "",
        "date": event.strftime("%d/%m/%Y"),
        "weekday": WEEKDAYS[event.weekday()],
        "day": str(event.day),
        "month": str(event.month),
        "year": str(event.year),
        "village": chance.choice(["thôn Đông", "thôn Đoài", "thôn Thượng"]),
        "crop": crop["name"],
        "crop_season": crop["season"],
    }
