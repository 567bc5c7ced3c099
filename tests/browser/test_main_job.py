"""The main job: write in the province, push to every commune, read and find it there."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import COMMUNE, EDITORS, SignIn, Window
from tests.stack import Stack

TITLE = "Đường Trần Hưng Đạo cấm xe ba ngày để sửa cầu"
WORDS = "duong tran hung dao cam xe ba ngay"


def number_in(address: str | None) -> str:
    """The page's number in an address of the editors' side."""
    found = re.search(r"/pages/(\d+)/", address or "")
    assert found, address
    return found[1]


def status_of(page: Page, address: str) -> int:
    """Open an address and tell the answer's status."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def new_article(page: Page, portal: Stack, section: str, title: str) -> None:
    """Open the editor of a new article in a section and type its title."""
    page.goto(portal.url(EDITORS, "/pages/"))
    link = page.get_by_role("link", name=section, exact=True).first
    number = number_in(link.get_attribute("href"))
    page.goto(portal.url(EDITORS, f"/pages/add/articles/articlepage/{number}/"))
    page.fill("input[name=title]", title)


def write_article(page: Page, portal: Stack, title: str) -> None:
    """Write and publish an article in the province's news, through the editor."""
    new_article(page, portal, "Tin tức – Sự kiện", title)
    page.fill("textarea[name=summary_vi]", "Xe máy và người đi bộ đi lối tạm bên phải cầu.")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_selector(".messages .success")


def test_an_article_is_written_pushed_read_and_found(
    portal: Stack, sign_in: SignIn, window: Window
) -> None:
    editor = sign_in("bientap.tinh")
    write_article(editor, portal, TITLE)
    found = editor.get_by_role("link", name=TITLE, exact=True).first
    number = number_in(found.get_attribute("href"))

    editor.goto(portal.url(EDITORS, f"/phan-phoi/trang/{number}/"))
    editor.check('input[name=scope][value="commune"]')
    editor.check('input[name=policy][value="mandatory"]')
    editor.fill("input[name=reason]", "Nhiều xã có người đi qua cầu.")
    editor.click(".push-form button[type=submit]")
    expect(editor.locator("[data-receivers]")).to_have_attribute("data-receivers", "207")
    expect(editor.locator(".push-receivers li")).to_have_count(207)
    editor.click('button[name=step][value="push"]')
    editor.wait_for_selector(".messages .success")
    pushed = time.monotonic()

    resident = window(360)
    resident.goto(portal.url(COMMUNE, "/tin-tuc/"))
    resident.get_by_role("link", name=TITLE).first.click()
    expect(resident.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert resident.url == portal.url(
        COMMUNE, f"/tin-tuc/duong-tran-hung-dao-cam-xe-ba-ngay-de-sua-cau~{number}/"
    )
    canonical = resident.locator("link[rel=canonical]").get_attribute("href")
    assert canonical == portal.url(
        "haiduong", "/tin-tuc/duong-tran-hung-dao-cam-xe-ba-ngay-de-sua-cau/"
    )

    while True:  # found by search at the latest some seconds after the push, under a busy test run
        resident.goto(portal.url(COMMUNE, f"/tim-kiem/?q={WORDS.replace(' ', '+')}"))
        if resident.get_by_role("link", name=TITLE).count():
            break
        assert time.monotonic() - pushed < 15, "the worker did not bring it into the index"
        time.sleep(0.2)
    resident.get_by_role("link", name=TITLE).first.click()
    assert resident.url.startswith(portal.url(COMMUNE))

    editor.get_by_role("link", name="Thu hồi").first.click()
    editor.check('input[name=reason][value="error"]')
    editor.fill("textarea[name=note]", "Ngày cấm đường bị nhầm.")
    editor.click("button.no[type=submit]")
    editor.wait_for_selector(".messages .success")
    answer = resident.reload()
    assert answer is not None
    assert answer.status == 410
    expect(resident.locator("main")).to_contain_text("Ngày cấm đường bị nhầm.")


def test_the_units_can_be_searched_and_chosen_one_by_one(portal: Stack, sign_in: SignIn) -> None:
    editor = sign_in("bientap.tinh")
    editor.goto(portal.url(EDITORS, "/phan-phoi/?state=standing"))
    editor.locator("table.listing td.title a").first.click()
    editor.get_by_role("link", name="Thay đổi").first.click()
    editor.check('input[name=scope][value="some"]')
    for box in editor.locator("input[name=token]:checked").all():
        box.uncheck()
    editor.fill("[data-push-search]", "thanh hong")
    box = editor.get_by_role("checkbox", name="Xã Thanh Hồng")
    expect(box).to_be_visible()
    expect(editor.get_by_role("checkbox", name="Xã Thanh Sơn")).to_be_hidden()
    box.check()
    editor.click(".push-form button[type=submit]")
    expect(editor.locator("[data-receivers]")).to_have_attribute("data-receivers", "1")

    editor.click('button[name=step][value="edit"]')
    expect(editor.locator('input[name=scope][value="some"]')).to_be_checked()
    expect(editor.locator('input[name=token][value="unit:10879"]')).to_be_checked()


def test_a_commune_hides_a_recommended_item_and_takes_it_back(
    portal: Stack, sign_in: SignIn, window: Window
) -> None:
    editor = sign_in("bientap.xa")
    editor.goto(portal.url(EDITORS, "/phan-phoi/nhan/"))
    row = editor.locator("tr", has_text="Khuyến nghị").filter(has_text="đang hiện").first
    title = row.locator("td.title a").inner_text()
    address = row.locator("td.title a").get_attribute("href") or ""
    resident = window()
    assert status_of(resident, address) == 200

    row.get_by_role("button", name="Ẩn").click()
    editor.wait_for_selector(".messages .success")
    assert status_of(resident, address) == 404

    editor.locator("tr", has_text=title).get_by_role("button", name="Hoàn tác").click()
    editor.wait_for_selector(".messages .success")
    assert status_of(resident, address) == 200


def test_a_draft_is_submitted_by_one_and_published_by_another(
    portal: Stack, sign_in: SignIn, window: Window
) -> None:
    title = "Họp dân bàn việc làm đường thôn"
    editor = sign_in("bientap.xa")
    new_article(editor, portal, "Thông báo", title)
    editor.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.locator("button[name=action-submit]").click()
    editor.wait_for_selector(".messages .success")
    resident = window()
    address = portal.url(COMMUNE, "/thong-bao/hop-dan-ban-viec-lam-duong-thon/")
    assert status_of(resident, address) == 404

    approver = sign_in("duyet.xa")
    approver.get_by_role("link", name=title).first.click()
    approver.wait_for_selector("input[name=title]")
    approver.locator("footer [data-w-dropdown-target=toggle]").click()
    approver.locator("button[data-workflow-action-name=approve]").first.click()
    approver.wait_for_selector(".messages .success")
    assert status_of(resident, address) == 200


def test_a_draft_can_be_saved_before_anything_but_the_title_is_there(
    portal: Stack, sign_in: SignIn
) -> None:
    editor = sign_in("bientap.xa")
    new_article(editor, portal, "Thông báo", "Bài lưu ngay")
    editor.locator("footer button.action-save").first.click()
    editor.wait_for_selector(".messages .success")
    expect(editor.locator("input[name=slug]")).to_have_value("bai-luu-ngay")


def test_slugs_follow_vietnamese_titles_while_typing(portal: Stack, sign_in: SignIn) -> None:
    editor = sign_in("bientap.xa")
    new_article(editor, portal, "Thông báo", "Đắp đê, giữ đồng ở Đồng Lạc")
    editor.press("input[name=title]", "Tab")
    expect(editor.locator("input[name=slug]")).to_have_value("dap-de-giu-dong-o-dong-lac")
