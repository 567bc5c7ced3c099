"""Compose each commune's own notices from the written stock: the same for the same commune."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.utils import timezone

from sites.units.models import AdministrativeUnit, Kind

from .content_files import CONTENT, Raw, read

FIRST_DAY = datetime.date(2023, 7, 3)
LAST_DAY = datetime.date(2025, 6, 27)
NOTICES_PER_COMMUNE = 8
URBAN = {Kind.PHUONG, Kind.THI_TRAN}
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
DAYS = {"working": range(5), "weekend": range(5, 7), "monday": range(1), "any": range(7)}
NUMBER = re.compile(r"\{number:(\d+)-(\d+)\}")
NOT_THEMES = {"crops", "about", "villages"}

Say = Callable[[str], str]


@cache
def stock() -> dict[str, Raw]:
    """All files of the stock, by name."""
    folder = CONTENT / "communes"
    return {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}


@cache
def holidays() -> list[Raw]:
    """Public holidays, on which no notice sets an event."""
    found: list[Raw] = read(CONTENT / "holidays.toml")["holiday"]
    return found


def notices_of(unit: AdministrativeUnit) -> Iterator[Raw]:
    """The notices of one commune as articles: theme, title, summary, body, date."""
    chance = random.Random(f"notices-{unit.code}")  # noqa: S311 (repeatable, not secret)
    is_urban = unit.kind in URBAN
    themes = [
        theme
        for name, theme in stock().items()
        if name not in NOT_THEMES and _suits(theme, is_urban)
    ]
    chance.shuffle(themes)
    composed = (_compose(theme, unit, chance) for theme in themes)
    yield from islice((notice for notice in composed if notice), NOTICES_PER_COMMUNE)


def about(unit: AdministrativeUnit) -> Raw:
    """The article that introduces a commune."""
    chance = random.Random(f"about-{unit.code}")  # noqa: S311
    introduction = _compose(stock()["about"], unit, chance)
    if introduction is None:
        raise ValueError(f"the stock has no introduction for {unit}")
    return introduction


def _suits(entry: Raw, is_urban: bool) -> bool:
    return not (entry.get("rural_only") and is_urban or entry.get("urban_only") and not is_urban)


def _compose(theme: Raw, unit: AdministrativeUnit, chance: random.Random) -> Raw | None:
    """One notice of a theme, or None when no variant of it suits the commune."""
    is_urban = unit.kind in URBAN
    crop = chance.choice(_district(unit)["crops"])
    settings = [theme | variant for variant in theme["variant"] if _suits(variant, is_urban)]
    possible = [(setting, days) for setting in settings if (days := _event_days(setting, crop))]
    if not possible:
        return None
    setting, days = chance.choice(possible)
    event = chance.choice(days)
    lead = chance.randint(*setting.get("lead_days", [2, 6]))
    say = _speaker(unit, crop, event, chance)
    time = datetime.time(chance.randint(7, 16), chance.choice([0, 10, 15, 30, 45]))
    published = datetime.datetime.combine(event - datetime.timedelta(days=lead), time)
    return {
        "key": f"{unit.code}-{theme['key']}",
        "section": setting["section"],
        "title": say(setting["title"]),
        "summary": say(setting["summary"]),
        "author": say(setting.get("author", "Ban Biên tập")),
        "illustration": setting.get("illustration"),
        "tags": setting.get("tags", []),
        "published": timezone.make_aware(published),
        "body": [_say_block(block, say) for block in setting["body"]],
    }


def _speaker(
    unit: AdministrativeUnit, crop: Raw, event: datetime.date, chance: random.Random
) -> Say:
    """Fills the placeholders of a notice."""
    words = _words(unit, crop, event, chance)

    def say(text: str) -> str:
        text = NUMBER.sub(lambda m: str(chance.randint(int(m[1]), int(m[2]))), text)
        for name, value in words.items():
            text = text.replace("{" + name + "}", value)
        return text

    return say


def _say_block(block: Raw, say: Say) -> Raw:
    """A block with every text in it filled in."""

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return say(value)
        return [fill(item) for item in value] if isinstance(value, list) else value

    return {name: value if name == "type" else fill(value) for name, value in block.items()}


def _event_days(setting: Raw, crop: Raw) -> list[datetime.date]:
    """The days of the two years that fit the months, weekdays and crop of a notice."""
    months = set(setting.get("months") or range(1, 13))
    if setting.get("uses_crop"):
        months &= set(crop["months"])
    weekdays = DAYS[setting.get("days", "any")]
    least, most = setting.get("lead_days", [2, 6])
    first = FIRST_DAY + datetime.timedelta(days=max(most, 0))
    last = LAST_DAY + datetime.timedelta(days=min(least, 0))
    span = (last - first).days
    days = (first + datetime.timedelta(days=n) for n in range(span))
    return [
        day
        for day in days
        if day.month in months and day.weekday() in weekdays and not _is_holiday(day)
    ]


def _is_holiday(day: datetime.date) -> bool:
    return any(holiday["first"] <= day <= holiday["last"] for holiday in holidays())


def _district(unit: AdministrativeUnit) -> Raw:
    found: Raw = stock()["crops"][unit.parent.code if unit.parent else ""]
    return found


def _words(
    unit: AdministrativeUnit, crop: Raw, event: datetime.date, chance: random.Random
) -> dict[str, str]:
    kind = unit.lower_name.removesuffix(unit.short_name).strip()
    names = stock()["villages"]["urban" if unit.kind in URBAN else "rural"]
    village, other = chance.sample(names, 2)
    district = unit.parent
    note = stock()["about"]["district_note"].get(district.code if district else "", "")
    return {
        "kind": kind,
        "Kind": kind[:1].upper() + kind[1:],
        "name": unit.short_name,
        "unit": unit.lower_name,
        "Unit": unit.name,
        "district": district.lower_name if district else "",
        "district_note": note,
        "date": event.strftime("%d/%m/%Y"),
        "weekday": WEEKDAYS[event.weekday()],
        "day": str(event.day),
        "month": str(event.month),
        "year": str(event.year),
        "village": village,
        "village2": other,
        "Village": village[:1].upper() + village[1:],
        "Village2": other[:1].upper() + other[1:],
        "crop": crop["name"],
        "crop_season": crop["season"],
        "craft": chance.choice(_district(unit)["specialities"]),
    }
