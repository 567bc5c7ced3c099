"""The files of offices, calendars, contacts, places, galleries, statistics, maps and forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cms.calendars.models import EventKind, Repeats
from cms.demo.content_files import CONTENT, read
from cms.directory.models import ContactKind
from cms.places.models import MonumentRank, PlaceKind
from tests.demo_content.test_articles import LOCAL_LIFE
from themes.illustrations import MOTIFS

FILES = sorted(path for folder in LOCAL_LIFE for path in (CONTENT / folder).iterdir())
PHONE = re.compile(r"^0220 300\d (\{code3?\}|\d{3})$|^11[1345]$")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from texts(item)


def phones(value: Any) -> Iterator[str]:
    for name, item in value.items() if isinstance(value, dict) else ():
        if name == "phone":
            yield item
        for entry in item if isinstance(item, list) else [item]:
            yield from phones(entry)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_texts_are_composed_and_numbers_invented(path: Path) -> None:
    raw = read(path)
    assert all(unicodedata.is_normalized("NFC", text) for text in texts(raw))
    assert all(PHONE.match(number) for number in phones(raw))


def test_events_end_after_they_begin_and_are_of_known_kinds() -> None:
    events = read(CONTENT / "events" / "events.toml")["event"]
    assert len(events) >= 50
    for event in events:
        assert event["starts"] <= event["ends"]
        assert event["kind"] in EventKind.values
        assert event.get("repeats", "") in Repeats.values


def test_places_and_contacts_are_of_known_kinds() -> None:
    places = read(CONTENT / "places" / "places.toml")["place"]
    assert len(places) >= 12
    assert len({place["key"] for place in places}) == len(places)
    for place in places:
        assert place["kind"] in PlaceKind.values
        assert place.get("rank", "") in MonumentRank.values
        assert place["illustration"] in MOTIFS
    contacts = read(CONTENT / "contacts" / "contacts.toml")
    assert {raw["kind"] for raws in contacts.values() for raw in raws} <= set(ContactKind.values)


def test_nobody_who_lives_is_named() -> None:
    for name in ("province.toml", "thanh-ha.toml"):
        for raw in read(CONTENT / "organisation" / name)["official"]:
            assert "title" not in raw
    communes = read(CONTENT / "organisation" / "communes.toml")
    assert "hư cấu" in communes["marker"]
    assert "invented" in communes["marker_en"]
