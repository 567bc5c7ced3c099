"""What readers see when a page is missing or the portal is broken."""

from __future__ import annotations

from django.test import RequestFactory
from django.utils.translation import override

from tests.conftest import Province
from tests.factories import make_article
from tests.themes.reading import Reader
from themes.errors import not_found, server_error


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


def test_where_there_is_no_site_the_missing_page_still_renders(db: None) -> None:
    request = RequestFactory().get("/khong-co/")
    with override("vi"):
        response = not_found(request)
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()


def test_the_editors_preview_shows_the_page_in_its_sites_frame(hai_duong: Province) -> None:
    article = make_article(hai_duong.thanh_son, "Bản nháp", live=False)
    with override("vi"):
        response = article.make_preview_request()
        text = response.render().content.decode()
    assert response.status_code == 200
    assert "Bản nháp" in text
    assert "Xã Thanh Sơn" in text
