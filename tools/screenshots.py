"""Every page type at three widths, light and dark, from the running demonstration."""

import html
import shutil
import time
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from tools import chromium, services
from tools.errors import ToolError
from tools.paths import VAR
from tools.progress import say
from tools.samples import samples

FOLDER = VAR / "screenshots"
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 6000  # pixels; longer pages are cut
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHEET = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Liên Cấp – ảnh chụp</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem;background:#777}}h2{{color:#fff}}
div{{display:flex;gap:1rem;align-items:flex-start;overflow-x:auto}}
img{{height:34rem;object-fit:cover;object-position:top;background:#fff}}</style>
{body}</html>
"""


def views(found: dict[str, str]) -> dict[str, str]:
    """Return what is photographed: the page types, and views that are no pages."""
    root = "{0.scheme}://{0.netloc}".format(urlsplit(found["home-province"]))
    commune = "{0.scheme}://{0.netloc}".format(urlsplit(found["home-commune"]))
    return found | {
        "search": f"{root}/tim-kiem/?q=lich+tiep+dan",
        "search-empty": f"{root}/tim-kiem/",
        "search-nothing": f"{root}/tim-kiem/?q=xyzzyx",
        "site-map": f"{root}/so-do/",
        "choose-unit": f"{root}/chon-don-vi/",
        "missing": f"{commune}/khong-co-trang-nay/",
        "home-english": f"{root}/en/",
    }


def photograph(found: dict[str, str]) -> Iterator[str]:
    """Take all pictures; yields the name of each view when it is done."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=OPTIONS)
        for scheme in SCHEMES:
            context = browser.new_context(color_scheme=scheme, locale="vi-VN")
            page = context.new_page()
            for name, url in found.items():
                for width in WIDTHS:
                    _take(page, url, width, f"{name}-{width}-{scheme}.png")
                yield f"{name} ({scheme})"
            context.close()
        browser.close()


def _take(page: Any, url: str, width: int, name: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url, wait_until="load")
    page.evaluate(
        "document.querySelectorAll('img[loading=lazy]').forEach(i => i.loading = 'eager')"
    )
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=FOLDER / name, full_page=True, clip=clip)


def write_sheet(found: dict[str, str]) -> None:
    """Write ``index.html``: all pictures of a view beside each other."""
    parts = []
    for name, url in found.items():
        pictures = "".join(
            f'<a href="{name}-{width}-{scheme}.png"><img loading="lazy" alt="{width} {scheme}" '
            f'src="{name}-{width}-{scheme}.png"></a>'
            for scheme in SCHEMES
            for width in WIDTHS
        )
        link = html.escape(url)
        parts.append(f'<h2>{html.escape(name)} <a href="{link}">↗</a></h2><div>{pictures}</div>')
    (FOLDER / "index.html").write_text(SHEET.format(body="\n".join(parts)), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Photograph the running demonstration, or only views whose name holds one of the words."""
    variables = services.running()
    if not variables:
        raise ToolError(
            "Cổng minh hoạ chưa chạy. Hãy chạy: make up.",
            "The demonstration is not running. Run: make up.",
        )
    found = views(samples(variables))
    if arguments:
        found = {name: url for name, url in found.items() if any(w in name for w in arguments)}
    else:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    for name in photograph(found):
        say(f"  {name}")
    write_sheet(found)
    count = len(found) * len(WIDTHS) * len(SCHEMES)
    print(f"{count} pictures in {time.monotonic() - started:.0f} s: {FOLDER / 'index.html'}")
    return 0
