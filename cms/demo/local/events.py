"""Calendars: what the file says, and the reception days that the law asks of every unit.

Law on the reception of citizens 42/2013/QH13: the chairperson of a province receives citizens at
least one day a month (Article 12), of a district two days (Article 13), of a commune one day a
week (Article 15).
"""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

from django.utils import timezone

from cms.calendars.models import EventPage
from sites.units.models import AdministrativeUnit, Tier

from ..content_files import CONTENT, Raw, read
from .writing import START, Writing, both, common

MONDAY = datetime.date(2025, 1, 6)
SECTION = "lich-cong-tac"
WRITTEN = ["place", "chair", "participants", "preparing"]


def write_events(writing: Writing) -> None:
    """The entries of the file."""
    for number, raw in enumerate(read(CONTENT / "events" / "events.toml")["event"], start=1):
        page = EventPage(
            **common("event", f"{raw['unit']}-{number}", raw),
            **both(raw, WRITTEN),
            kind=raw["kind"],
            starts_at=raw["starts"],
            ends_at=raw["ends"],
            repeats=raw.get("repeats", ""),
            skipped=_skipped(raw),
        )
        writing.add(raw["unit"], SECTION, page)


def write_receptions(writing: Writing, units: list[AdministrativeUnit]) -> None:
    """A weekly reception in every commune; the districts' two days where the file has none."""
    for unit in units:
        if unit.tier == Tier.COMMUNE:
            writing.add(unit.code, SECTION, _weekly(unit))
        elif unit.tier == Tier.DISTRICT and unit.code != "294":
            for week in (0, 2):
                writing.add(unit.code, SECTION, _monthly(unit, week))


def _weekly(unit: AdministrativeUnit) -> EventPage:
    chance = random.Random(f"reception-{unit.code}")  # noqa: S311 (repeatable, not secret)
    day = MONDAY + datetime.timedelta(days=chance.randrange(5))
    raw = {
        "title": f"Tiếp công dân định kỳ của Chủ tịch UBND {unit.lower_name}",
        "title_en": f"The Chairperson of {unit.english_name} receives citizens",
        "place": f"Phòng tiếp công dân, trụ sở UBND {unit.lower_name}",
        "place_en": f"Reception room, office of the People’s Committee of {unit.english_name}",
        "chair": f"Chủ tịch UBND {unit.lower_name}",
        "chair_en": "The Chairperson",
        "preparing": "Văn phòng – Thống kê",
        "preparing_en": "Office and Statistics",
    }
    return _reception(unit, raw, "weekly", day, datetime.time(11, 30))


def _monthly(unit: AdministrativeUnit, week: int) -> EventPage:
    chance = random.Random(f"reception-{unit.code}")  # noqa: S311
    day = MONDAY + datetime.timedelta(days=chance.randrange(5) + week * 7)
    raw = {
        "title": f"Tiếp công dân định kỳ của Chủ tịch UBND {unit.lower_name}",
        "title_en": f"The Chairperson of {unit.english_name} receives citizens",
        "place": f"Phòng tiếp công dân, trụ sở UBND {unit.lower_name}",
        "chair": f"Chủ tịch UBND {unit.lower_name}",
        "preparing": "Văn phòng HĐND và UBND",
    }
    return _reception(unit, raw, "monthly", day, datetime.time(16, 30))


def _reception(
    unit: AdministrativeUnit, raw: Raw, repeats: str, day: datetime.date, until: datetime.time
) -> EventPage:
    start = datetime.datetime.combine(day, datetime.time(7, 30))
    return EventPage(
        **common("event", f"{unit.code}-tiep-cong-dan-{day.day}", raw | {"published": START}),
        **both(raw, WRITTEN),
        kind="reception",
        starts_at=timezone.make_aware(start),
        ends_at=timezone.make_aware(datetime.datetime.combine(day, until)),
        repeats=repeats,
    )


def _skipped(raw: Raw) -> str:
    days: list[dict[str, Any]] = [{"type": "day", "value": day} for day in raw.get("skipped", [])]
    return json.dumps(days)
