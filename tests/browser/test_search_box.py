"""Searching with a keyboard, with a screen reader, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNE, Window, violations
from tests.stack import Stack

BOX = "#q-header"
OPTION = ".site-header .suggestions [role=option]"
SEARCH_PAGES = (
    "/tim-kiem/?q=thanh+son",
    "/tim-kiem/?q=khai+sinh&area=294&tier=commune&from=2020-01-01",
    "/tim-kiem/?q=lich+hop+zzzz",
    "/tim-kiem/giao-dien-lap-trinh/",
)


def type_into(page: Page, text: str) -> None:
    """Type into the box of the header, and wait for suggestions."""
    page.click(BOX)
    page.locator(BOX).press_sequentially(text, delay=30)
    expect(page.locator(OPTION).first).to_be_visible()


def test_suggestions_are_chosen_with_the_keyboard(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE, "/"))
    type_into(page, "thanh h")
    box, options = page.locator(BOX), page.locator(OPTION)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-form [role=status]").first).to_contain_text("gợi ý")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "q-header-list-0")
    assert violations(page) == []
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("thanh h")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("thanh h")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = box.input_value()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(chosen)


def test_a_suggestion_is_chosen_with_a_finger(portal: Stack, window: Window) -> None:
    page = window(360)
    page.goto(portal.url(COMMUNE, "/"))
    type_into(page, "thanh h")
    height = page.locator(OPTION).first.bounding_box()
    assert height is not None
    assert height["height"] >= 44
    page.locator(OPTION).first.click()
    page.wait_for_url("**/tim-kiem/?q=*")


def test_the_list_closes_and_stays_silent_when_nothing_helps(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE, "/"))
    type_into(page, "thanh")
    page.locator(BOX).press_sequentially("zzzz")
    expect(page.locator(OPTION)).to_have_count(0)
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".search-form [role=status]").first).to_be_empty()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_pages_have_no_violation(
    portal: Stack, window: Window, width: int, scheme: str
) -> None:
    page = window(width, color_scheme=scheme)
    for path in SEARCH_PAGES:
        page.goto(portal.url(COMMUNE, path))
        assert violations(page) == [], path
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), path


def test_everything_works_without_javascript(portal: Stack, window: Window) -> None:
    page = window(360, javascript=False)
    page.goto(portal.url(COMMUNE, "/"))
    page.fill(BOX, "tiêm chủng")
    page.press(BOX, "Enter")
    expect(page.locator(".result").first).to_be_visible()
    page.locator(".filters > summary").click()
    page.locator(".facets a").first.click()
    expect(page.locator(".chips li").first).to_be_visible()
    page.locator(".chips a").first.click()
    expect(page.locator(".chips")).to_have_count(0)


def test_filters_stand_beside_results_on_wide_screens(portal: Stack, window: Window) -> None:
    page = window(1280)
    page.goto(portal.url(COMMUNE, "/tim-kiem/?q=tiem+chung"))
    expect(page.locator(".facets")).to_be_visible()
    expect(page.locator(".filters > summary")).to_be_hidden()


def test_ten_kilobytes_in_the_address_get_a_page(portal: Stack, window: Window) -> None:
    page = window()
    answer = page.goto(portal.url(COMMUNE, f"/tim-kiem/?q={'khai sinh đất ' * 600}"))
    assert answer is not None
    assert answer.status == 200
    expect(page.get_by_text("Nội dung này rất dài. Chỉ phần đầu được tìm.")).to_be_visible()
    expect(page.locator(".results")).to_be_visible()
