"""Take the pictures of the editors' how-to from a running demonstration.

    python docs/editors/screenshots.py [--domain haiduong.localhost] [--port 8000]

Walks the steps of the how-to through the real screens with the demonstration's accounts, writes
WebP files (1280 px wide) into `docs/editors/anh/`, and deletes the article that it wrote. A step
that no longer works stops the run, so the texts cannot drift away from the screens unseen.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, sync_playwright

PICTURES = Path(__file__).parent / "anh"
MAX_BYTES = 150 * 1024
VIEWPORT = {"width": 1280, "height": 900}
PASSWORD = "liencap-demo"  # noqa: S105 (the demonstration's public password)
SECTION = "Thông báo"
COMMUNE = "thanhson.thanhha."
TITLE = "Tiếp công dân tháng 12: lịch trực và cách đăng ký trước"
SUMMARY = "Trụ sở Tiếp công dân tỉnh mở cửa các ngày làm việc; người dân có thể đăng ký trước."
PARAGRAPH = "Người dân mang theo căn cước và giấy tờ liên quan đến nội dung cần trình bày."
ALT = "Người dân trao đổi với cán bộ trong phòng họp"
REASON = "Đề nghị các xã đăng để người dân biết lịch tiếp công dân của tỉnh."


OFFICE = {
    "/reports/tim-kiem/": "nguoi-dan-tim-gi",
    "/synonyms/": "tu-dong-nghia",
}


class Camera:
    """One person's browser window on the editors' side."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root

    def open(self, path: str) -> None:
        """Open an address of the editors' side and wait until its scripts have settled."""
        self.page.goto(self.root + path)
        self.page.wait_for_load_state("networkidle")

    def shoot(self, name: str) -> None:
        """Write what the window shows. Raises SystemExit for a picture that is too heavy."""
        self.page.wait_for_timeout(600)  # panels and menus slide in
        save(Image.open(io.BytesIO(self.page.screenshot())), name)

    def sign_in(self, username: str) -> None:
        """Sign in with an account of the demonstration."""
        self.open("/login/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(self.root + "/")

    def visit(self, address: str) -> None:
        """Open a page of a site, as readers do."""
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        self.below_the_frame()

    def below_the_frame(self) -> None:
        """Scroll to the heading: every page of a site begins with the same frame."""
        scroll = "h => window.scrollBy(0, h.getBoundingClientRect().top - 24)"
        self.page.locator("main h1").first.evaluate(scroll)

    def edit(self, section: str, title: str) -> None:
        """Open a page of one's own site in the editor: by its section and the title's beginning."""
        self.open("/pages/")
        link = self.page.get_by_role("link", name=section, exact=True).first
        self.open(str(link.get_attribute("href")).removesuffix("edit/"))
        found = self.page.locator("table.listing tbody a[href$='/edit/']", has_text=title).first
        self.open(str(found.get_attribute("href")))

    def footer_menu(self) -> None:
        """Open the list of actions beside the button at the foot of the page editor."""
        self.page.locator("footer .w-dropdown button").first.click()

    def add_block(self, name: str) -> Locator:
        """Add a block at the end of the Vietnamese body and return it."""
        body = self.page.locator('[data-contentpath="body_vi"]')
        body.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()
        return body.locator("[data-streamfield-child]").last

    def choose_picture(self, place: Locator, words: str) -> None:
        """Choose the first picture found by words in the chooser that a place opens."""
        place.get_by_role("button", name="Chọn một hình ảnh").click()
        dialog = self.page.locator(".modal.in")
        dialog.locator("input[name=q]").fill(words)
        found = dialog.locator("a[data-chooser-modal-choice]", has_text=words)
        found.first.click()
        dialog.wait_for(state="hidden")


def save(picture: Image.Image, name: str) -> None:
    """Write a picture as WebP, as good as the limit of size allows."""
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.webp"
    for quality in (82, 70, 55):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MAX_BYTES:
            print(f"{path.name}: {path.stat().st_size // 1024} KB", file=sys.stderr)
            return
    sys.exit(f"{path.name} is larger than {MAX_BYTES // 1024} KB.")


@contextmanager
def signed_in(browser: Browser, root: str, username: str) -> Iterator[Camera]:
    """A window of one person; the session ends with the block."""
    context = browser.new_context(viewport=VIEWPORT, locale="vi-VN")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    camera = Camera(context.new_page(), root)
    try:
        camera.sign_in(username)
        yield camera
    finally:
        context.close()


# ---------------------------------------------------------------------------------- viet-bai.md


def write_article(camera: Camera) -> str:
    """Write and illustrate an article; returns the address of its editor."""
    page = camera.page
    page.get_by_role("button", name="Trang", exact=True).click()
    tree = page.get_by_role("link", name=SECTION, exact=True)
    tree.wait_for()
    camera.shoot("cay-trang")
    tree.click()
    page.wait_for_load_state("networkidle")
    camera.shoot("chuyen-muc")
    page.locator('header a[href$="/add_subpage/"], main a[href$="/add_subpage/"]').first.click()
    page.fill("#id_title", TITLE)
    camera.choose_picture(page.locator("#panel-child-tieng_viet-image-section"), "meeting")
    page.fill("#id_author", "Ban Biên tập")
    page.fill("#id_summary_vi", SUMMARY)
    page.evaluate("window.scrollTo(0, 0)")
    camera.shoot("bai-moi")
    add_body(camera)
    page.click("footer button:has-text('Lưu bản nháp')")
    page.wait_for_url("**/edit/")
    return page.url.removeprefix(camera.root)


def add_body(camera: Camera) -> None:
    """Add a paragraph and a picture with its description to the body."""
    page = camera.page
    page.locator('[data-contentpath="body_vi"] .c-sf-add-button').last.click()
    camera.shoot("them-khoi")
    page.keyboard.press("Escape")
    block = camera.add_block("Đoạn văn")
    block.locator("[contenteditable=true]").click()
    page.keyboard.type(PARAGRAPH)
    picture = camera.add_block("Hình ảnh")
    camera.choose_picture(picture, "meeting")
    picture.get_by_label("Mô tả cho người không nhìn thấy ảnh").fill(ALT)
    picture.scroll_into_view_if_needed()
    camera.shoot("khoi-anh")


def submit(camera: Camera, editor: str) -> None:
    """Set a schedule aside, look at the actions, and submit."""
    page = camera.page
    camera.open(editor)
    page.get_by_role("button", name="Ẩn/hiện trạng thái").click()
    page.get_by_role("button", name="Đặt lịch").click()
    camera.shoot("hen-gio")
    page.get_by_role("button", name="Đóng").last.click()
    camera.open(editor)
    camera.footer_menu()
    camera.shoot("gui-duyet")
    page.get_by_role("button", name="Gửi duyệt theo").click()
    page.locator(".messages").wait_for()


def approve(camera: Camera, editor: str) -> None:
    """See what waits, open it, approve it."""
    camera.open("/")
    camera.shoot("cho-duyet")
    camera.open(editor)
    camera.footer_menu()
    camera.shoot("duyet")
    camera.page.get_by_role("button", name="Duyệt và xuất bản", exact=True).click()
    camera.page.locator(".messages").wait_for()


# -------------------------------------------------------------------------------- phan-phoi.md


def push(camera: Camera, editor: str) -> str:
    """Push the article to one district's communes; returns the address of the item."""
    page = camera.page
    camera.open(editor)
    page.locator("#w-slim-header-buttons button").first.click()
    camera.shoot("menu-phan-phoi")
    page.get_by_role("link", name="Phân phối xuống cấp dưới").first.click()
    page.get_by_label("Một số đơn vị, chọn trong danh sách").check()
    page.locator("[data-push-search]").fill("thanh ha")
    page.get_by_label("Tất cả xã, phường, thị trấn của huyện Thanh Hà").check()
    camera.shoot("chon-noi-nhan")
    page.locator("#id_reason").fill(REASON)
    page.locator("#id_reason").scroll_into_view_if_needed()
    camera.shoot("hinh-thuc")
    page.get_by_role("button", name="Tiếp: xem danh sách nơi nhận").click()
    page.locator(".push-total").wait_for()
    camera.shoot("xac-nhan")
    page.locator("button[name=step][value=push]").click()
    page.locator(".messages").wait_for()
    camera.shoot("chi-tiet")
    item = page.url.removeprefix(camera.root)
    camera.open("/phan-phoi/")
    camera.shoot("bang-phan-phoi")
    return item


def recall(camera: Camera, item: str) -> None:
    """Recall the item with a reason."""
    page = camera.page
    camera.open(f"{item}thu-hoi/")
    page.get_by_label("Đã có nội dung mới thay thế").check()
    page.fill("#id_note", "Lịch đã thay đổi; xem thông báo mới trên cổng của tỉnh.")
    camera.shoot("thu-hoi")
    page.get_by_role("button", name="Thu hồi khỏi mọi trang web").click()
    page.locator(".messages").wait_for()


def delete(camera: Camera, editor: str) -> None:
    """Delete the article, so that the demonstration is as before."""
    camera.open(editor.replace("/edit/", "/delete/"))
    camera.page.locator("main form input.serious").click()
    camera.page.locator(".messages").wait_for()


# ---------------------------------------------------------------------------- tin-cap-tren.md


def receive(camera: Camera) -> None:
    """Look at the inbox of a commune, hide the item and show it again, and read it."""
    page = camera.page
    camera.open("/phan-phoi/nhan/")
    camera.shoot("tin-tu-cap-tren")
    row = page.get_by_role("row").filter(has_text=TITLE)
    row.get_by_role("button", name="Ẩn").click()
    page.locator(".messages").wait_for()
    camera.shoot("da-an")
    row.get_by_role("button", name="Hoàn tác").click()
    page.locator(".messages").wait_for()
    address = row.get_by_role("link").get_attribute("href")
    page.goto(str(address))
    page.locator("h1", has_text=TITLE).wait_for()
    camera.shoot("tren-trang-xa")


# ------------------------------------------------------------------------------- anh-va-tep.md


def media(camera: Camera) -> None:
    """Look at the pictures; upload a picture and a document, and delete them again."""
    camera.open("/images/")
    camera.shoot("thu-vien-anh")
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "tru-so.png"
        drawing = Image.new("RGB", (1200, 750), "#e9eef2")
        ImageDraw.Draw(drawing).rectangle((300, 250, 900, 650), fill="#8d1b22")
        drawing.save(picture)
        upload(camera, "Thêm một hình ảnh", picture, "Trụ sở Tiếp công dân tỉnh", "tai-anh-len")
        document = Path(folder) / "lich-tiep-cong-dan.txt"
        document.write_text("Lịch tiếp công dân tháng 12\n", encoding="utf-8")
        camera.open("/documents/")
        upload(camera, "Thêm một tài liệu", document, "Lịch tiếp công dân tháng 12", "tai-tep-len")


def upload(camera: Camera, link: str, path: Path, title: str, name: str) -> None:
    """Upload a file from a list, give it a title, take the picture, and delete the file."""
    page = camera.page
    page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")
    page.locator("input[type=file]").first.set_input_files(path)
    entry = page.locator("#upload-list li").first
    entry.get_by_label("Tiêu đề").fill(title)
    camera.shoot(name)
    entry.get_by_role("link", name="Xóa").click()
    entry.wait_for(state="detached")


# -------------------------------------------------------- the papers of an office, life of an area


def papers(camera: Camera, commune: str) -> None:
    """Look at forms and lists of the papers of an office and of the life of an area."""
    camera.edit("Văn bản", "Kế hoạch phòng, chống thiên tai")
    camera.shoot("van-ban-bieu-mau")
    camera.visit(f"{commune}/van-ban/?tu-khoa=thien+tai")
    camera.shoot("van-ban-danh-sach")
    camera.visit(f"{commune}/thu-tuc-hanh-chinh/")
    camera.page.get_by_role("link", name="Đăng ký khai sinh").first.click()
    camera.page.wait_for_load_state("networkidle")
    camera.below_the_frame()
    camera.shoot("thu-tuc-trang")
    camera.visit(f"{commune}/cong-khai/")
    camera.shoot("cong-khai-danh-muc")
    camera.open("/reports/cong-khai/")
    camera.shoot("cong-khai-con-phai-lam")
    camera.edit("Lịch công tác, tiếp công dân", "Tiếp công dân")
    camera.shoot("lich-bieu-mau")
    camera.visit(f"{commune}/lich-cong-tac/")
    camera.shoot("lich-thang")
    camera.visit(f"{commune}/to-chuc-bo-may/")
    camera.shoot("so-do")


# -------------------------------------------------------------------- giao-dien.md, tim-kiem.md


def look(camera: Camera) -> None:
    """Look at the colours of a site beside their preview, and at the blocks of its home page."""
    page = camera.page
    camera.open("/pages/")
    camera.open(page.url.removeprefix(camera.root) + "edit/")
    page.get_by_role("tab", name="Giao diện").click()
    page.get_by_role("button", name="Ẩn/hiện bản xem trước").click()
    page.wait_for_timeout(3000)  # the preview loads in a frame of its own
    camera.shoot("giao-dien-xem-truoc")


def office(camera: Camera) -> None:
    """Look at what the office does for search."""
    for path, name in OFFICE.items():
        camera.open(path)
        camera.shoot(name)


def walk(browser: Browser, root: str) -> None:
    """Every step of the how-to, in its order."""
    context = browser.new_context(viewport=VIEWPORT, locale="vi-VN")  # type: ignore[arg-type]
    entrance = Camera(context.new_page(), root)
    entrance.open("/login/")
    entrance.shoot("dang-nhap")
    context.close()
    with signed_in(browser, root, "bientap.tinh") as editor:
        editor.shoot("trang-dau")
        article = write_article(editor)
        submit(editor, article)
    with signed_in(browser, root, "duyet.tinh") as approver:
        approve(approver, article)
    with signed_in(browser, root, "bientap.tinh") as editor:
        item = push(editor, article)
        with signed_in(browser, root, "bientap.xa") as commune:
            receive(commune)
        recall(editor, item)
        media(editor)
        delete(editor, article)
    with signed_in(browser, root, "bientap.xa") as commune:
        papers(commune, root.replace("quantri.", COMMUNE))
    with signed_in(browser, root, "quantri.tinh") as manager:
        look(manager)
        office(manager)


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--domain", default="haiduong.localhost", help="the province's host")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="browser's program")
    options = parser.parse_args()
    root = f"http://quantri.{options.domain}:{options.port}"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=options.chromium, args=arguments)
        walk(browser, root)
        browser.close()


if __name__ == "__main__":
    main()
