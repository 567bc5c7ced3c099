"""What the demonstration's offices tell the search is valid and about pages that exist."""

from __future__ import annotations

import unicodedata

import pytest

from search.office.counting import SHOWN_FROM, counted
from search.office.entries import check_promotion, check_synonym, fold_all
from search.office.models import Promotion, Synonym
from search.text import parse_query, shipped_table

from .reading import CONTENT, read, strings

RAW = read(CONTENT / "search" / "tim-kiem.toml")
ROWS = [row for part in RAW["queries"] for row in part["rows"]]


@pytest.mark.django_db
@pytest.mark.parametrize("entry", RAW["synonym"], ids=lambda entry: entry["short"])
def test_synonyms_would_be_accepted_and_are_not_shipped(entry: dict[str, str]) -> None:
    check_synonym(Synonym(short=entry["short"], long=entry["long"], way=entry["way"]))
    assert fold_all(entry["short"]) not in {fold_all(row.short) for row in shipped_table().rows}


@pytest.mark.parametrize("entry", RAW["promotion"], ids=lambda entry: entry["page"])
def test_promotions_would_be_accepted_and_lead_to_articles(entry: dict[str, list[str]]) -> None:
    check_promotion(Promotion(queries="\n".join(entry["queries"])))
    keys = {read(path)["key"] for path in (CONTENT / "province").glob("*.toml")}
    assert entry["page"] in keys


def test_counts_are_possible_and_nobody_is_named() -> None:
    for text, unit, *numbers in ROWS:
        assert counted(parse_query(text), unit), text
        for searches, clicks in (numbers[:2], numbers[2:]):
            assert SHOWN_FROM <= searches >= clicks
    assert len({(row[0], row[1]) for row in ROWS}) == len(ROWS)


def test_texts_are_in_nfc() -> None:
    for text in strings(RAW):
        assert unicodedata.is_normalized("NFC", text)
