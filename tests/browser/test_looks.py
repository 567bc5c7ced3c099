"""Every page type in palettes, schemes and widths before axe; the display toolbar; reading order.

Quick by default: every page at 320 and 1280 px, the palettes and schemes shared out over them, and
a twelfth of the pages in all looks. `AXE=full` takes every page in all looks: all rules at each
width, and what depends on colours in every palette and scheme (ten minutes).
"""

from __future__ import annotations

import itertools
import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNE, EDITORS, SignIn, Window, violations
from tests.stack import Stack
from themes.styles.palettes import DESIGNED

SCHEMES = ("sang", "toi", "cao")
WIDTHS = (320, 768, 1280)
MORE = [
    ("haiduong", "/chon-don-vi/?ten=thanh"), (COMMUNE, "/en/"), (COMMUNE, "/so-do/"),
    (COMMUNE, "/tim-kiem/?q=tiem+chung"), (COMMUNE, "/khong-co-trang-nay/"),
]  # fmt: skip
LOOKS = list(itertools.product(DESIGNED, SCHEMES, WIDTHS))
FULL = os.environ.get("AXE") == "full"
SHARE = 12
COLOURS = ["color-contrast", "link-in-text-block"]
# What editors write freely: titles, summaries, names.
WRITTEN = (
    "main :is(h1, .headline, .headline a, .card-title a, .card-summary, .standfirst, .page-intro,"
    " .tile span, .byline span, .meta span, .breadcrumb a, dd, dd a), .urgent a"
)


@pytest.fixture(scope="module")
def addresses(portal: Stack) -> list[str]:
    """One page of every type of the demonstration, and pages that are no page type."""
    samples = portal.manage("page_samples", "--json")
    return [*samples.values(), *(portal.url(*place) for place in MORE)]


def look(number: int, turn: int) -> tuple[str, str, int]:
    """The palette, scheme and width in which the page with a number is looked at this time."""
    palette, scheme, _width = LOOKS[(number * 7 + turn * 11) % len(LOOKS)]
    return palette, scheme, (320, 1280)[turn]


def dress(page: Page, palette: str, scheme: str) -> None:
    """Give the open page a palette and a scheme, as the toolbar and the unit would."""
    page.evaluate(
        "([theme, mau]) => Object.assign(document.documentElement.dataset, {theme, mau})",
        [palette, scheme],
    )


def faults_of(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds, and whether the page is wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [*violations(page, rules=rules), *(["wider than the window"] if wide else [])]


@pytest.mark.parametrize("turn", range(2))
def test_no_page_type_has_a_violation(
    portal: Stack, window: Window, addresses: list[str], turn: int
) -> None:
    page = window()
    found = {}
    for number, address in enumerate(addresses):
        palette, scheme, width = look(number, turn)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        dress(page, palette, scheme)
        if wrong := faults_of(page):
            found[f"{address} {palette}/{scheme}/{width}"] = wrong
    assert not found


@pytest.mark.parametrize("width", WIDTHS)
def test_no_look_of_any_page_type_has_a_violation(
    portal: Stack, window: Window, addresses: list[str], width: int
) -> None:
    page = window(width)
    found = {}
    for address in addresses if FULL else addresses[WIDTHS.index(width) :: SHARE]:
        page.goto(address)
        found[f"{address} {width}"] = faults_of(page)
        for palette, scheme in itertools.product(DESIGNED, SCHEMES):
            dress(page, palette, scheme)
            found[f"{address} {palette}/{scheme}/{width}"] = faults_of(page, COLOURS)
    assert not {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("width", [320, 1280])
def test_words_without_spaces_stay_in_their_columns(
    portal: Stack, window: Window, addresses: list[str], width: int
) -> None:
    page = window(width)
    found = {}
    for address in addresses:
        page.goto(address)
        page.evaluate(
            """written => document.querySelectorAll(written).forEach(e => {
                if (!e.children.length) e.textContent = 'Ngườiđứngđầu'.repeat(20); })""",
            WRITTEN,
        )
        found[address] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert not {address: beyond for address, beyond in found.items() if beyond > 0}


def test_the_patterns_have_no_violation(portal: Stack, sign_in: SignIn) -> None:
    page = sign_in("bientap.tinh")
    page.goto(portal.url(EDITORS, "/_kieu-mau/"))
    wrong = [fault for fault in violations(page) if "landmark-unique" not in fault]
    assert wrong == []


# ------------------------------------------------------------------------------------- the toolbar


def test_what_a_reader_chose_is_there_before_the_next_page_is_painted(
    portal: Stack, window: Window
) -> None:
    page = window()
    page.goto(portal.url(COMMUNE))
    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.get_by_text("Hiển thị", exact=True).click()
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.get_by_role("button", name="Tương phản cao").click()
    page.get_by_role("group", name="Giãn dòng").get_by_role("button", name="Rộng").click()
    expect(page.get_by_role("button", name="Tương phản cao")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("[data-display-status]")).to_contain_text("ghi nhớ")
    page.add_init_script(
        "window.atPaint = new Promise((tell) => new PerformanceObserver("
        "  () => tell({...document.documentElement.dataset})"
        ").observe({type: 'paint', buffered: true}))"
    )
    page.goto(portal.url(COMMUNE, "/tin-tuc/"))
    chosen = page.evaluate("window.atPaint")
    assert (chosen["co"], chosen["mau"], chosen["gian"]) == ("2", "cao", "1")
    after = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert float(after[:-2]) > float(before[:-2]) * 1.25
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    page.get_by_text("Hiển thị", exact=True).click()
    page.get_by_role("button", name="Cỡ chữ thường").click()
    page.get_by_role("button", name="Theo thiết bị").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.mau ?? ''") == ""


def test_a_broken_memory_shows_the_usual_display(portal: Stack, window: Window) -> None:
    page = window()
    page.add_init_script('localStorage.setItem(\'hien-thi\', \'{"mau": "\\"><script>"\')')
    page.goto(portal.url(COMMUNE))
    assert page.evaluate("document.documentElement.dataset.mau ?? ''") == ""
    expect(page.get_by_text("Hiển thị", exact=True)).to_be_visible()


def test_the_toolbar_is_away_without_javascript(portal: Stack, window: Window) -> None:
    page = window(javascript=False)
    page.goto(portal.url(COMMUNE))
    expect(page.get_by_text("Hiển thị", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Trang chủ", exact=True).first).to_be_visible()


def test_reading_aloud_takes_the_article_in_order_and_stops(portal: Stack, window: Window) -> None:
    page = window()
    page.add_init_script(
        "window.said = []; window.stopped = 0;"
        "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
        "Object.defineProperty(window, 'speechSynthesis', {value: {"
        "  getVoices: () => [{lang: 'en-US'}, {lang: 'vi-VN', name: 'An'}],"
        "  speak: said => window.said.push([said.lang, said.text]),"
        "  cancel: () => { window.stopped += 1; }, addEventListener: () => {} }});"
    )
    page.goto(portal.url("haiduong", "/tin-tuc/"))
    page.locator("main .card-title a").first.click()
    expect(page.locator("article.article")).to_be_visible()
    title = page.get_by_role("heading", level=1).inner_text()
    page.locator(".share").get_by_role("button", name="Nghe đọc").click()
    said = page.evaluate("window.said")
    assert title in [text for _, text in said[:3]]
    assert {language for language, _ in said} == {"vi"}
    stopped = page.evaluate("window.stopped")
    page.locator(".share").get_by_role("button", name="Dừng").click()
    assert page.evaluate("window.stopped") == stopped + 1


# --------------------------------------------------------------------------- keyboard and listening


def test_everything_is_reached_and_seen_by_keyboard(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE))
    reachable = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
           .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled).length"""
    )
    seen = set()
    for _ in range(reachable + 5):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
               e.dataset.visit ??= String(Math.random());
               return {id: e.dataset.visit, tag: e.tagName,
                       ring: s.outlineStyle !== 'none' || e.closest('.search-form') !== null}; }"""
        )
        if state["tag"] == "BODY":
            break
        assert state["ring"], page.evaluate("document.activeElement.outerHTML")[:200]
        seen.add(state["id"])
    assert len(seen) == reachable


def test_the_toolbar_opens_works_and_closes_by_keyboard(portal: Stack, window: Window) -> None:
    page = window(360)
    page.goto(portal.url(COMMUNE))
    summary = page.locator("[data-display] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Chữ nhỏ hơn")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.co") == "1"
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("button", name="Chữ nhỏ hơn")).to_be_hidden()


def test_a_screen_reader_hears_things_in_a_sensible_order(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE))
    heard = page.locator("body").aria_snapshot()
    order = [
        'link "Đến thẳng nội dung"', "banner:", 'navigation "Các cấp chính quyền"',
        "search", 'navigation "Trình đơn chính"', "main:",
        'heading "Cổng thông tin điện tử – Xã Thanh Sơn"', "contentinfo:",
    ]  # fmt: skip
    places = [heard.find(part) for part in order]
    assert -1 not in places, [p for p, at in zip(order, places, strict=True) if at < 0]
    assert places == sorted(places)
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", heard)]
    inside = levels[: levels.index(2, 1)]
    assert inside[0] == 1
    assert all(deep - before <= 1 for before, deep in itertools.pairwise(levels))


def test_my_commune_is_remembered_on_this_device_only(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url("haiduong", "/"))
    expect(page.locator(".levels [data-my-unit]")).to_be_hidden()
    page.goto(portal.url("haiduong", "/chon-don-vi/"))
    page.fill("#ten", "thanh son")
    expect(page.locator("[data-units-status]")).to_contain_text("Tìm thấy: ")
    page.press("#ten", "Enter")
    page.wait_for_url(re.compile(r"thanhson\."))
    page.goto(portal.url("haiduong", "/"))
    back = page.locator(".levels [data-my-unit]")
    expect(back).to_contain_text("Thanh Sơn")
    assert page.context.cookies() == []
    back.click()
    page.wait_for_url(re.compile(r"thanhson\."))


def test_a_page_can_be_filed_on_paper(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE, "/tin-tuc/"))
    page.locator("main .card-title a").first.click()
    page.wait_for_load_state()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text(re.compile(r"http://.+In ngày \d+/\d+/\d{4}"))
    for gone in (".menu-bar", ".search-form", ".share", ".footer-map", ".comforts"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".brand-name").first).to_be_visible()
