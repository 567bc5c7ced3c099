"""What readers see when a page is missing or the portal is broken."""

from __future__ import annotations

from django.test import RequestFactory

from tests.conftest import Province
from tests.themes.reading import Reader
from themes.errors import server_error


def test_a_missing_page_keeps_the_sites_frame_and_offers_search(
    hai_duong: Province, reader: Reader
) -> None:
    response = reader(hai_duong.thanh_son).get("/khong-co-trang-nay/")
    text = response.content.decode()
    assert response.status_code == 404
    assert "Xã Thanh Sơn" in text
    assert "Không có trang này" in text
    assert text.count('action="/tim-kiem/"') == 2
    assert 'href="/thong-bao/"' in text


def test_a_missing_page_in_english(hai_duong: Province, reader: Reader) -> None:
    response = reader(hai_duong.thanh_son).get("/en/nothing-here/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


def test_the_error_page_needs_no_database() -> None:
    # No `db` fixture: any query would fail this test.
    response = server_error(RequestFactory().get("/"))
    text = response.content.decode()
    assert response.status_code == 500
    assert "Hệ thống đang gặp sự cố" in text
    assert "Something went wrong" in text
