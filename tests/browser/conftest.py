"""A real browser before a real portal: Debian's Chromium, the demonstration, a worker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import require
from tests.stack import Stack

EDITORS = "quantri.haiduong"
COMMUNE = "thanhson.thanhha.haiduong"
PASSWORD = "liencap-demo"
Window = Callable[..., Page]
SignIn = Callable[[str], Page]
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    require(bool(path), "the browser tests need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """Open windows: `window(width=360, javascript=False)`."""
    contexts: list[BrowserContext] = []

    def open_window(width: int = 1280, *, javascript: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript,
            locale="vi-VN", **options,
        )  # fmt: skip
        context.set_default_timeout(60_000)  # a machine that also builds something else is slow
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(portal: Stack, window: Window) -> SignIn:
    """A window in which an account of the demonstration is signed in through the form."""

    def sign(username: str) -> Page:
        page = window()
        page.goto(portal.url(EDITORS, "/"))
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_selector(".sidebar-menu-item")
        return page

    return sign


def violations(page: Page, context: str | None = None, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong, one line each; by some of its rules or by all."""
    options = {"runOnly": {"type": "rule", "values": rules}} if rules else None
    results = Axe().run(page, context=context, options=options)
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]
