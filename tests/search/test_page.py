"""The search page: complete without JavaScript, every state in its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from search.index.drain import drain
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, push, section_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]
Reader = Callable[[AdministrativeUnit], Client]


@pytest.fixture
def client(hai_duong: Province, reader: Reader) -> Client:
    """A resident of Thanh Sơn; there are notices on three sites."""
    for unit in (hai_duong.thanh_son, hai_duong.hop_tien):
        section = section_of(unit)
        pages = [ArticlePage(title=f"Lịch họp thôn {unit.code} {n}") for n in range(12)]
        insert_pages([(section, page) for page in pages])
    push(make_article(hai_duong.province, "Lịch họp toàn tỉnh"), "under:30:commune")
    drain()
    return reader(hai_duong.thanh_son)


def html(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


def link(page: str, label: str) -> str:
    """The address of the link that holds a label."""
    for address, inside in re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        if label in unescape(inside):
            return unescape(address)
    raise AssertionError(f"There is no link with {label!r}.")


def test_results_are_listed_with_marks_units_and_own_addresses(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&size=50")
    assert "25 kết quả" in page
    assert "<mark>Lịch họp</mark> toàn tỉnh" in page
    assert "Xã Hợp Tiến" in page
    assert re.search(r'href="/tin-tuc/lich-hop-toan-tinh~\d+/"', page)
    assert "http://hoptien.namsach.haiduong.localhost:8000/tin-tuc/" in page
    assert '<meta name="robots" content="noindex' in page


def test_facets_narrow_and_are_taken_away_again(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop")
    narrow = link(page, "Xã Hợp Tiến")
    assert "publisher=10615" in narrow
    narrowed = html(client, f"/tim-kiem/{narrow}")
    assert "12 kết quả" in narrowed
    assert "25 kết quả" in html(client, f"/tim-kiem/{link(narrowed, 'Xã Hợp Tiến')}")
    assert "25 kết quả" in html(client, f"/tim-kiem/{link(narrowed, 'Bỏ mọi giới hạn')}")


def test_pages_of_results_are_links(client: Client) -> None:
    first = html(client, "/tim-kiem/?q=lich+hop&scope=all")
    assert "trang 1 trên 3" in first
    second = html(client, f"/tim-kiem/{link(first, 'Sau')}")
    assert "trang 2 trên 3" in second
    assert "scope=all" in link(second, "Trước")
    assert "khong" not in second


def test_scope_keeps_to_the_site(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich+hop&scope=unit&size=50")
    assert "13 kết quả" in page
    assert "Xã Hợp Tiến" not in page


def test_nothing_found_gives_advice(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=xyzzyx&scope=unit")
    assert "Không tìm thấy" in page
    assert "scope=all" in link(page, "mọi cấp")


def test_another_meaning_is_offered(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lichj+hopj+thoon")
    assert "Có phải bạn tìm" in page
    assert "q=l%E1%BB%8Bch" in link(page, "lịch họp thôn")


def test_the_empty_page_is_a_form(client: Client) -> None:
    page = html(client, "/tim-kiem/")
    assert '<form class="search-form" action="/tim-kiem/" method="get"' in page
    assert "không dấu" in page


def test_a_bad_address_is_explained(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=lich&page=abc", status=400)
    assert "abc" in page
    assert "Tìm lại từ đầu" in page


def test_what_was_typed_is_escaped(client: Client) -> None:
    page = html(client, "/tim-kiem/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page


def test_english(client: Client) -> None:
    page = html(client, "/en/tim-kiem/?q=lich+hop")
    assert "Results for “lich hop”" in page
    assert "25 results" in page
    assert "Hop Tien Commune" in page
    assert 'lang="vi"' in page
    assert re.search(r'href="/en/tin-tuc/', page)
