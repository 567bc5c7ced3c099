"""A static copy, served by a server that knows nothing but files, and walked like a reader does."""

from __future__ import annotations

import functools
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command

from cms.export import actions
from cms.export.actions import ExportAction
from cms.export.links import MISSING, local_path, resolve, rewritten
from cms.media.models import PortalDocument
from cms.media.renditions import make_renditions
from tests.conftest import Province
from tests.factories import home_of, make_article, push
from tests.themes.pictures import make_image

HOST = "thanhson.thanhha.haiduong.localhost"
Get = Callable[[str], tuple[int, str]]


@pytest.fixture
def copy(hai_duong: Province, tmp_path: Path) -> Path:
    """The copy of a commune with an own article full of things and a received one."""
    unit = hai_duong.thanh_son
    image = make_image(unit)
    make_renditions(image)
    document = PortalDocument(title="Mẫu đơn", unit=unit)
    document.file.save("mau-don.pdf", ContentFile(b"%PDF-1.4 mau don"))
    page = make_article(unit, "Hội làng", image=image)
    page.body_vi = json.dumps([
        {"type": "documents", "value": [{"type": "item", "value": document.pk, "id": "a"}]},
        {"type": "paragraph", "value": '<p><a href="https://dichvucong.gov.vn/">DVC</a></p>'},
    ])  # fmt: skip
    page.save_revision().publish()
    push(make_article(hai_duong.province, "Bão số 3"), "under:30")
    for number in range(24):
        make_article(unit, f"Tin cũ {number}", section="thong-bao")
    report = ExportAction("10867", tmp_path).execute()
    assert report.failed == []
    return tmp_path / HOST


@pytest.fixture
def get(copy: Path) -> Iterator[Get]:
    """Asks a plain file server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(copy))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def ask(path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}") as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, ""

    yield ask
    server.shutdown()
    server.server_close()


def links_in(html: str) -> set[str]:
    """Every path on the same host that a page links to or loads."""
    tags = re.findall(r"<(?:a|img|script|source|use|form)\b[^>]*>", html)
    tags += [
        t for t in re.findall(r"<link\b[^>]*>", html) if re.search('rel="(style|icon|preload)', t)
    ]
    values = [v for tag in tags for v in re.findall(r'\s(?:href|src|action)="([^"]*)"', tag)]
    values += [p.split()[0] for s in re.findall(r'srcset="([^"]+)"', html) for p in s.split(",")]
    return {unescape(v) for v in values if v.startswith("/")}


def test_every_link_of_the_copy_leads_somewhere(copy: Path, get: Get) -> None:
    waiting, seen = {"/"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        parts = urlsplit(path)
        assert not parts.query, f"{path}: a file server ignores queries"
        status, text = get(parts.path)
        assert status == 200, f"{path} answers {status}"
        if parts.path.endswith("/"):
            waiting |= links_in(text) - seen
    assert {"/tin-tuc/hoi-lang/", "/en/", "/tim-kiem/", MISSING} <= seen
    assert any("bao-so-3~" in path for path in seen)
    assert any(path.startswith("/documents/") for path in seen)
    assert any(".webp" in path for path in seen)
    fonts = list((copy / "static" / "themes" / "fonts").glob("*.woff2"))
    assert fonts, "what the style sheets load is there too"


def test_what_cannot_work_says_so(get: Get) -> None:
    home = get("/")[1]
    assert "Bạn đang đọc bản sao" in home or "You are reading a copy" in home
    assert 'action="/tim-kiem/"' in home
    for path in ("/tim-kiem/", MISSING):
        status, text = get(path)
        assert status == 200
        assert "site-header" in text
        assert 'class="links"' in text
    news = get("/thong-bao/")[1]
    assert "?trang=" not in news
    assert MISSING in news


def test_links_to_other_hosts_stay(get: Get) -> None:
    text = get("/tin-tuc/hoi-lang/")[1]
    assert 'href="https://dichvucong.gov.vn/"' in text
    assert 'href="http://haiduong.localhost:8000/"' in text


def test_the_maintenance_page_needs_nothing_else(hai_duong: Province, get: Get) -> None:
    text = get("/503.html")[1]
    assert "Xã Thanh Sơn" in text
    assert home_of(hai_duong.thanh_son).phone in text
    assert not re.search(r"<(link|script|img)\b|url\(", text)


def test_the_copy_is_replaced_whole_or_not_at_all(
    hai_duong: Province, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy.resolve()
    make_article(hai_duong.thanh_son, "Tin mới")

    def broken(*args: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(actions, "maintenance_page", broken)
    report = ExportAction("10867", copy.parent).execute()
    assert report.failed == [{"host": HOST, "error": "the disk is full"}]
    assert copy.resolve() == before
    assert len(list((copy.parent / ".versions").iterdir())) == 1
    monkeypatch.undo()
    ExportAction("10867", copy.parent).execute()
    assert copy.resolve() != before
    assert not before.exists()
    assert (copy / "tin-tuc" / "tin-moi" / "index.html").is_file()


def test_an_interrupted_run_is_resumed(
    hai_duong: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    original = ExportAction._export

    def export(self: Any, portal: Any, unit: Any) -> Any:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(portal.hostname)
        return original(self, portal, unit)

    monkeypatch.setattr(ExportAction, "_export", export)
    with pytest.raises(KeyboardInterrupt):
        ExportAction("294", tmp_path).execute()
    monkeypatch.undo()
    report = ExportAction("294", tmp_path).execute()
    assert report.sites == 1
    assert len([path for path in tmp_path.iterdir() if path.is_symlink()]) == 3
    assert ExportAction("294", tmp_path).execute().sites == 3


def test_files_that_several_sites_need_are_stored_once(hai_duong: Province, tmp_path: Path) -> None:
    ExportAction("294", tmp_path).execute()
    names = [path.name for path in (tmp_path / ".shared" / "static" / "themes").glob("*.css")]
    assert names
    for name in names:
        file = tmp_path / ".shared" / "static" / "themes" / name
        assert file.stat().st_nlink == 4


def test_a_lost_picture_does_not_stop_the_copy(hai_duong: Province, tmp_path: Path) -> None:
    image = make_image(hai_duong.thanh_son)
    make_renditions(image)
    make_article(hai_duong.thanh_son, "Hội làng", image=image)
    for rendition in image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    report = ExportAction("10867", tmp_path).execute()
    assert report.sites == 1
    assert not report.failed


def test_the_command_keeps_the_contract(hai_duong: Province, tmp_path: Path) -> None:
    out = StringIO()
    started = time.monotonic()
    call_command(
        "export_static", under="10867", out=tmp_path, json=True, stdout=out, stderr=StringIO()
    )
    result = json.loads(out.getvalue())
    assert set(result) == {"sites", "pages", "files", "bytes", "failed", "seconds"}
    assert result["sites"] == 1
    assert 0 <= result["seconds"] <= round(time.monotonic() - started, 2)


def test_what_cannot_be_exported_is_refused(hai_duong: Province, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("x")
    with pytest.raises(ValidationError):
        ExportAction("10867", file).execute()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/tin-tuc/", "/tin-tuc/"),
        ("http://a.vn/tin-tuc/", "/tin-tuc/"),
        ("/tin-tuc/?trang=2", MISSING),
        ("/khac/", MISSING),
        ("/en/tin-tuc/", "/tin-tuc/"),
        ("/en/khac/", MISSING),
        ("http://a.vn.evil.org/", "http://a.vn.evil.org/"),
        ("//b.vn/x", "//b.vn/x"),
        ("#noi-dung", "#noi-dung"),
        ("mailto:x@y.vn", "mailto:x@y.vn"),
        ("?trang=2", MISSING),
    ],
)
def test_where_links_lead(value: str, expected: str) -> None:
    html = rewritten(
        f'<a class="x" href="{value}">y</a>', "http://a.vn", {"/tin-tuc/"}.__contains__, ""
    )
    assert html == f'<a class="x" href="{expected}">y</a>'


def test_paths_never_leave_the_folder() -> None:
    assert resolve("/static/a/../../../etc/passwd") == "/etc/passwd"
    assert local_path("https://x.vn/a") == ""
    assert local_path("javascript:alert(1)") == ""


def test_many_sites_are_shared_out_without_mixing_them_up(
    hai_duong: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processes themselves see no test's database; what they are told is what counts."""
    made: list[tuple[str, int]] = []

    class Pool:
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            pass

        def __enter__(self) -> Pool:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def submit(self, work: Any, under: str, out: Path, unit_id: int) -> Future[Any]:
            made.append((under, unit_id))
            done: Future[Any] = Future()
            done.set_result(work(under, out, unit_id))
            return done

    monkeypatch.setattr(actions, "WORTH_PROCESSES", 2)
    monkeypatch.setattr(actions, "ProcessPoolExecutor", Pool)
    report = ExportAction("294", tmp_path).execute()
    assert report.sites == 3
    assert {unit for _under, unit in made} == {
        hai_duong.thanh_ha.pk,
        hai_duong.thanh_son.pk,
        hai_duong.thanh_hong.pk,
    }
    home = (tmp_path / HOST / "index.html").read_text(encoding="utf-8")
    assert "Xã Thanh Sơn" in home
