"""No choice of colours makes a page hard to read; a poor choice is refused with a better one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Province, Reader
from themes.styles.colours import GRAPHICS, TEXT, Colour, Tone
from themes.styles.own import MARKS, PAIRS, OwnColours, problems_of

colours = st.builds(Colour, *(st.integers(0, 255) for _ in range(3)))


@settings(deadline=None, max_examples=60)
@given(colours, colours)
def test_every_pair_of_colours_gives_readable_pages(primary: Colour, accent: Colour) -> None:
    own = OwnColours(primary, accent)
    for tokens in (own.light, own.dark):
        weak = {
            pair: round(tokens[pair[0]].contrast(tokens[pair[1]]), 2)
            for pair in PAIRS
            if tokens[pair[0]].contrast(tokens[pair[1]]) < TEXT
        }
        assert not weak
        for mark, ground in MARKS:
            assert tokens[mark].contrast(tokens[ground]) >= GRAPHICS


@settings(deadline=None, max_examples=60)
@given(colours, colours)
def test_what_is_offered_is_taken(primary: Colour, accent: Colour) -> None:
    offers = {problem.field: problem.offer for problem in problems_of(primary, accent)}
    better = offers.get("own_primary", primary)
    assert problems_of(better, offers.get("own_accent", accent)) == []


@settings(deadline=None, max_examples=60)
@given(colours, colours)
def test_what_is_taken_is_shown_as_it_was_chosen(primary: Colour, accent: Colour) -> None:
    if problems_of(primary, accent):
        return
    own = OwnColours(primary, accent)
    assert own.light["brand"] == primary
    assert own.light["accent"] == own.dark["accent"] == accent


@settings(deadline=None, max_examples=60)
@given(colours)
def test_a_colour_survives_the_way_to_its_tone_and_back(colour: Colour) -> None:
    back = Tone.of(colour).colour
    for one, other in (
        (colour.red, back.red),
        (colour.green, back.green),
        (colour.blue, back.blue),
    ):
        assert abs(one - other) <= 1


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert Colour.parse(first).contrast(Colour.parse(second)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("code", ["", "#fff", "red", "#12345g", "7d1a1f", "#7d1a1f;}", "#7d1a1f "])
def test_only_colours_are_colours(code: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Colour.parse(code)


def test_yellow_text_is_refused_with_the_ratio_and_a_darker_yellow() -> None:
    (problem,) = problems_of(Colour.parse("#f2c200"), Colour.parse("#ffe9a8"))
    assert problem.field == "own_primary"
    assert "1,4" in problem.message
    assert problem.offer.luminance < Colour.parse("#f2c200").luminance
    assert abs(Tone.of(problem.offer).hue - Tone.of(Colour.parse("#f2c200")).hue) < 0.1


def test_the_style_sheet_is_served_without_a_query_and_kept_for_good(
    hai_duong: Province, reader: Reader, django_assert_num_queries: Any
) -> None:
    own = OwnColours(Colour.parse("#0b5fa5"), Colour.parse("#f2a900"))
    client: Client = reader(hai_duong.thanh_son)
    client.get("/")
    with django_assert_num_queries(1):  # the version of the hosts
        answer = client.get(f"/giao-dien/{own.key}.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "--brand:light-dark(#0b5fa5," in text
    assert re.fullmatch(r"[^<>]*", text)


@pytest.mark.parametrize("key", ["0b5fa5-f2a900", "0b5fa5-f2a900-x", "x", "0b5fa5-f2a901-{good}"])
def test_nobody_else_makes_style_sheets(hai_duong: Province, reader: Reader, key: str) -> None:
    good = OwnColours(Colour.parse("#0b5fa5"), Colour.parse("#f2a900")).key.split("-", 2)[2]
    path = f"/giao-dien/{key.format(good=good)}.css"
    assert reader(hai_duong.thanh_son).get(path).status_code == 404
