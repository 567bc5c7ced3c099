"""Every public page and our own admin screens before axe; narrow, dark, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import COMMUNE, EDITORS, SignIn, Window, violations
from tests.stack import Stack

PUBLIC = [
    ("haiduong", "/"),
    ("thanhha.haiduong", "/"),
    (COMMUNE, "/"),
    (COMMUNE, "/en/"),
    (COMMUNE, "/tin-tuc/"),
    (COMMUNE, "/lay-y-kien/"),
    ("haiduong", "/tin-tuc/"),
    ("haiduong", "/van-hoa-du-lich/"),
    (COMMUNE, "/tim-kiem/?q=tiem+chung"),
    (COMMUNE, "/tim-kiem/?q=zzzz"),
    (COMMUNE, "/khong-co-trang-nay/"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_public_pages_have_no_violation(
    portal: Stack, window: Window, width: int, scheme: str
) -> None:
    page = window(width, color_scheme=scheme)
    found = {}
    for host, path in PUBLIC:
        page.goto(portal.url(host, path))
        wrong = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if wrong or wide:
            found[f"{host}{path}"] = [*wrong, *(["wider than the window"] if wide else [])]
    assert not found


@pytest.mark.parametrize("width", [320, 1280])
def test_articles_have_no_violation(portal: Stack, window: Window, width: int) -> None:
    page = window(width)
    for host, section in (("haiduong", "/thu-tuc-hanh-chinh/"), (COMMUNE, "/thong-bao/")):
        page.goto(portal.url(host, section))
        page.locator("main a[href*='-']").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == []


def test_our_admin_screens_have_no_violation(portal: Stack, sign_in: SignIn) -> None:
    page = sign_in("bientap.tinh")
    page.goto(portal.url(EDITORS, "/phan-phoi/?state=standing"))
    addresses = [page.url, portal.url(EDITORS, "/phan-phoi/nhan/")]
    detail = page.locator("table.listing td.title a").first.get_attribute("href") or ""
    addresses.append(portal.url(EDITORS, detail))
    page.goto(addresses[-1])
    addresses += [
        portal.url(EDITORS, page.get_by_role("link", name=name).first.get_attribute("href") or "")
        for name in ("Thay đổi", "Thu hồi")
    ]
    for address in addresses:
        page.goto(address)
        assert violations(page, "main .nice-padding") == [], address


def test_the_whole_site_works_without_javascript(portal: Stack, window: Window) -> None:
    page = window(360, javascript=False)
    page.goto(portal.url(COMMUNE))
    page.get_by_role("link", name="Thông báo").first.click()
    page.locator("main h3 a:visible, main h2 a:visible").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.fill("input[name=q]", "tiem chung")
    page.press("input[name=q]", "Enter")
    expect(page.locator("main")).to_contain_text("kết quả")


def test_the_keyboard_reaches_content_first(portal: Stack, window: Window) -> None:
    page = window()
    page.goto(portal.url(COMMUNE))
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert (focused or "").startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_no_request_leaves_the_portal(portal: Stack, window: Window) -> None:
    page = window()
    foreign = []
    page.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if ".localhost" not in request.url and not request.url.startswith("data:")
            else None
        ),
    )
    for host, path in PUBLIC[:9]:
        page.goto(portal.url(host, path))
    assert foreign == []
