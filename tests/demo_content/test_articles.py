"""The written articles keep their format, their dates and their links."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from .reading import CONTENT, Raw, article_files, files, read, strings, words
from .rules import (
    DISTRICT_SECTIONS,
    DISTRICTS,
    MOTIFS,
    POLICIES,
    PROVINCE_SECTIONS,
    block_fault,
)

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
FIRST = datetime.datetime(2023, 7, 1, tzinfo=VIETNAM)
LAST = datetime.datetime(2025, 6, 28, 23, 59, tzinfo=VIETNAM)
LINK = re.compile(r"\]\(page:([^)]*)\)")
TOKEN = re.compile(r"(under:(\d+)(:(province|district|commune))?|unit:(\d+))")
WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
DATED = re.compile(rf"({'|'.join(WEEKDAYS)}),? ngày (\d{{1,2}})/(\d{{1,2}})/(\d{{4}})", re.I)

every_article = pytest.mark.parametrize("path", article_files(), ids=lambda path: path.stem)


def is_of_province(path: Path) -> bool:
    return path.parent.name == "province"


@every_article
def test_has_the_required_fields(path: Path) -> None:
    article = read(path)
    for name in ("key", "section", "title", "summary", "author", "illustration"):
        assert article[name].strip() == article[name] != ""
    assert re.fullmatch(r"[a-z0-9-]+", article["key"])
    assert len(article["title"]) <= 110
    assert article["illustration"] in MOTIFS
    allowed = PROVINCE_SECTIONS if is_of_province(path) else DISTRICT_SECTIONS
    assert article["section"] in allowed
    assert FIRST <= article["published"] <= LAST
    assert article["published"].utcoffset() == datetime.timedelta(hours=7)


@every_article
def test_body_is_well_formed_and_long_enough(path: Path) -> None:
    article = read(path)
    languages = [article, *([article["en"]] if "en" in article else [])]
    for text in languages:
        assert [fault for block in text["body"] if (fault := block_fault(block))] == []
    assert words(article["body"]) >= (250 if is_of_province(path) else 170)
    if "en" in article:
        assert words(article["en"]["body"]) >= 120
        assert article["en"]["title"]
        assert article["en"]["summary"]


@every_article
def test_text_is_nfc_and_weekdays_are_true(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "  " not in text.replace("\n  ", "")
    for said, day, month, year in DATED.findall(text):
        date = datetime.date(int(year), int(month), int(day))
        assert said.casefold() == WEEKDAYS[date.weekday()].casefold(), date


@every_article
def test_distribution_is_possible(path: Path) -> None:
    article = read(path)
    order = article.get("distribution")
    if order is None:
        return
    assert order["policy"] in POLICIES
    assert order["reason"]
    assert order["audience"]
    assert len(set(order["audience"])) == len(order["audience"])
    assert all(reaches_below(token, article) for token in order["audience"])
    if "ends" in order:
        assert order["starts"] < order["ends"]


def reaches_below(token: str, article: Raw) -> bool:
    """True when a token is well formed and a district addresses only itself or communes."""
    match = TOKEN.fullmatch(token)
    if not match:
        return False
    code = match[2] or match[5]
    if "unit" in article:
        return bool(code == article["unit"])
    return code == "30" or code in DISTRICTS or len(code) == 5


def test_keys_are_unique_and_links_lead_somewhere() -> None:
    found = {path: read(path) for path in article_files()}
    counted = Counter(article["key"] for article in found.values())
    assert [key for key, times in counted.items() if times > 1] == []
    for path, article in found.items():
        linked = {key for text in strings(article) for key in LINK.findall(text)}
        assert linked <= set(counted), path
        assert article["key"] not in linked, path


def test_titles_differ() -> None:
    titles = Counter(read(path)["title"] for path in article_files())
    assert titles.most_common(1)[0][1] == 1


def test_province_has_what_the_demonstration_needs() -> None:
    found = [read(path) for path in files("province")]
    sections = Counter(article["section"] for article in found)
    assert set(sections) == PROVINCE_SECTIONS
    assert min(sections.values()) >= 2
    assert sum("en" in article for article in found) >= 12
    orders = [article["distribution"] for article in found if "distribution" in article]
    assert len(orders) >= 26
    assert {order["policy"] for order in orders} == POLICIES


@pytest.mark.parametrize("code", sorted(DISTRICTS))
def test_district_has_three_articles(code: str) -> None:
    found = [read(path) for path in files("districts") if path.stem.startswith(f"{code}-")]
    assert len(found) == 3
    assert {article["unit"] for article in found} == {code}


PAPERS = {"disclosure", "documents", "notices", "procedures", "questions"}
# Read by tests/demo_content/test_local_life.py.
LOCAL_LIFE = {
    "contacts", "events", "forms", "galleries", "maps", "organisation", "places", "statistics",
}  # fmt: skip


def test_no_file_is_left_out() -> None:
    folders = {"province", "districts", "communes"}
    known = folders | LOCAL_LIFE | PAPERS | {"search"}  # read by test_office.py
    known |= {"contacts.toml", "holidays.toml", "README.md"}
    assert {path.name for path in CONTENT.iterdir()} == known
