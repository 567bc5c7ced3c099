"""The stock for the communes' notices can be composed for every kind of commune."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from .reading import CONTENT, Raw, files, read, strings, theme_files, words
from .rules import COMMUNE_SECTIONS, DAYS, DISTRICTS, MOTIFS, PLACEHOLDERS, block_fault

NUMBER = re.compile(r"number:(\d+)-(\d+)")
BRACES = re.compile(r"\{([^{}]*)\}")
# The longest names of the province's data: no title may grow past what a page can hold.
LONGEST = {
    "unit": "phường Trần Hưng Đạo", "Unit": "Phường Trần Hưng Đạo", "name": "Trần Hưng Đạo",
    "kind": "thị trấn", "Kind": "Thị trấn", "district": "thành phố Hải Dương",
    "village": "khu dân cư Trung Tâm", "Village": "Khu dân cư Trung Tâm",
    "village2": "khu dân cư Đồng Tâm", "Village2": "Khu dân cư Đồng Tâm",
    "date": "28/06/2025", "weekday": "Chủ nhật", "day": "28", "month": "12", "year": "2025",
    "crop": "lúa nếp cái hoa vàng", "crop_season": "tháng Chạp, tháng Giêng",
    "craft": "hàng mây tre Đan Giáp",
}  # fmt: skip

every_theme = pytest.mark.parametrize("path", theme_files(), ids=lambda path: path.stem)


def variants(path: Path) -> list[Raw]:
    """The variants of a theme, each with what it takes over from the theme."""
    theme = read(path)
    own = theme.pop("variant")
    return [theme | variant for variant in own]


def unknown_placeholders(value: Raw, known: set[str]) -> set[str]:
    """Placeholders that nobody will fill in, and ranges that go backwards."""
    found = {name for text in strings(value) for name in BRACES.findall(text)}
    ranges = {name: match for name in found if (match := NUMBER.fullmatch(name))}
    backwards = {name for name, match in ranges.items() if int(match[1]) >= int(match[2])}
    return found - known - set(ranges) | backwards


@every_theme
def test_theme_has_its_fields(path: Path) -> None:
    theme = read(path)
    assert theme["key"] == path.stem
    assert theme["section"] in COMMUNE_SECTIONS
    assert theme["illustration"] in MOTIFS
    assert not (theme["rural_only"] and theme["urban_only"])
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    assert len(theme["variant"]) >= 5
    titles = {variant["title"] for variant in theme["variant"]}
    assert len(titles) == len(theme["variant"])


@every_theme
def test_variants_can_be_composed(path: Path) -> None:
    for variant in variants(path):
        title = variant["title"]
        assert unknown_placeholders(variant, PLACEHOLDERS) == set(), title
        assert variant["days"] in DAYS, title
        low, high = variant["lead_days"]
        assert -5 <= low <= high <= 30, title
        assert variant["months"], title
        assert set(variant["months"]) <= set(range(1, 13)), title
        assert [fault for block in variant["body"] if (fault := block_fault(block))] == [], title
        assert words(variant["body"]) >= 70, title
        assert len(NUMBER.sub("99", title).format_map(LONGEST)) <= 130, title


@every_theme
def test_a_notice_names_its_place(path: Path) -> None:
    named = ("{unit}", "{Unit}", "{name}", "{village}", "{Village}")
    for variant in variants(path):
        assert any(name in variant["title"] for name in named), variant["title"]


@every_theme
def test_what_a_notice_announces_lies_ahead(path: Path) -> None:
    for variant in variants(path):
        uses_date = any("{date}" in text or "{day}" in text for text in strings(variant["body"]))
        if variant["lead_days"][0] > 0:
            assert uses_date or "{date}" in variant["summary"], variant["title"]


@every_theme
def test_crops_are_only_named_where_the_month_follows_them(path: Path) -> None:
    for variant in variants(path):
        names_crop = any("{crop" in text for text in strings(variant))
        assert names_crop == variant.get("uses_crop", False), variant["title"]


@pytest.mark.parametrize("is_urban", [False, True])
def test_every_commune_has_enough_themes(is_urban: bool) -> None:
    barred = "rural_only" if is_urban else "urban_only"
    open_themes = [read(path) for path in theme_files() if not read(path)[barred]]
    assert len(open_themes) >= 14
    assert {theme["section"] for theme in open_themes} == COMMUNE_SECTIONS - {"gioi-thieu"}
    for theme in open_themes:
        assert any(not variant.get(barred) for variant in theme["variant"]), theme["key"]


def test_towns_are_not_told_of_fields() -> None:
    rural = re.compile(r"\bthôn\b|ruộng|hợp tác xã|gặt", re.I)
    allowed = {"thôn, khu dân cư", "thôn hoặc khu dân cư"}
    for path in theme_files():
        for variant in variants(path):
            if not variant["urban_only"]:
                continue
            for text in strings(variant["body"]):
                assert not rural.search(text) or any(words in text for words in allowed), text


def test_about_fits_every_commune() -> None:
    about = read(CONTENT / "communes" / "about.toml")
    assert set(about["district_note"]) == set(about["district_note_en"]) == DISTRICTS
    for barred in ("urban_only", "rural_only"):
        suitable = [variant for variant in about["variant"] if not variant.get(barred)]
        assert len(suitable) >= 6
    known = PLACEHOLDERS - {"date", "village", "village2"} | {"district_note"}
    for variant in about["variant"]:
        assert unknown_placeholders(variant, known) == set(), variant["title"]
        assert [fault for block in variant["body"] if (fault := block_fault(block))] == []
        assert any("{district_note}" in text for text in strings(variant["body"]))


def test_villages_and_crops_cover_the_province() -> None:
    villages = read(CONTENT / "communes" / "villages.toml")
    for names in villages.values():
        assert len(names) == len(set(names)) >= 15
    crops = read(CONTENT / "communes" / "crops.toml")
    assert set(crops) == DISTRICTS
    for district in crops.values():
        assert district["specialities"]
        for crop in district["crops"]:
            assert crop["name"]
            assert crop["season"]
            assert set(crop["months"]) <= set(range(1, 13))


def test_contacts_are_plainly_fictitious() -> None:
    contacts = read(CONTENT / "contacts.toml")
    assert set(contacts) == {"province", "district", "commune"}
    for tier in contacts.values():
        assert re.fullmatch(r"0220 300\d (\d{3}|\{code3?\})", tier["phone"])
        assert tier["email"].endswith("@haiduong.example")


def test_holidays_follow_each_other() -> None:
    days = read(CONTENT / "holidays.toml")["holiday"]
    assert all(day["first"] <= day["last"] for day in days)
    assert all(day["last"] < after["first"] for day, after in pairwise(days))


def test_nothing_else_lies_among_the_themes() -> None:
    assert {path.stem for path in files("communes")} >= {"about", "crops", "villages"}
    assert len(theme_files()) >= 14
