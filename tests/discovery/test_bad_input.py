"""Addresses that nobody should send: honest answers, whole pages, nothing echoed that harms."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.conftest import Province, Reader
from tests.factories import make_article
from tests.themes.reading import text_of

LONG = "a" * 8192


@pytest.mark.parametrize(
    "host",
    ["evil.example", "thanhson.thanhha.haiduong.localhost.evil.example", "a b", "\u0111.localhost",
     "haiduong.localhost@evil.example", "localhost:99999", "", "../../etc"],
)  # fmt: skip
def test_forged_hosts_get_404_and_no_hint_of_others(hai_duong: Province, host: str) -> None:
    response = Client(HTTP_HOST=host).get("/")
    assert response.status_code == 404
    text = text_of(response)
    assert "Thanh Sơn" not in text
    assert "evil" not in text


def test_a_forged_forwarding_header_changes_no_address(hai_duong: Province, reader: Reader) -> None:
    text = text_of(
        reader(hai_duong.thanh_son).get(
            "/", HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_ORIGINAL_URL="/admin/"
        )
    )
    assert "evil.example" not in text


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/tin-tuc/hoi-lang/", "/tim-kiem/", "/so-do/"])
@pytest.mark.parametrize("query", [f"x={LONG}", f"q={LONG}", f"{LONG}", "&".join(["a=1"] * 900)])
def test_query_strings_of_8_kb_are_answered(
    hai_duong: Province, reader: Reader, path: str, query: str
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    response = reader(hai_duong.thanh_son).get(f"{path}?{query}")
    assert response.status_code in (200, 400)
    assert "site-header" in text_of(response)
    assert LONG not in text_of(response).split("</head>")[0]


@pytest.mark.parametrize(
    "number", ["0", "-1", "2", "99999999999", "abc", "1.5", "٣", "1e3", "%00", "", "1;drop"]
)
def test_wrong_page_numbers_are_404_and_say_what_to_do(
    hai_duong: Province, reader: Reader, number: str
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    response = reader(hai_duong.thanh_son).get(f"/tin-tuc/?trang={number}")
    assert response.status_code == 404
    assert "/tin-tuc/" in text_of(response)


@pytest.mark.parametrize(
    "path",
    ["/sitemap-99999999.xml", "/sitemap-x.xml", "/tin-tuc/rss.json", "/tin-tuc/feed.xml",
     "/khong-co/atom.xml", "/anh-chia-se/1-vi-zzzzzzzzzzzz.png", "/anh-chia-se/1-vi-.png",
     "/anh-chia-se/../../etc-vi-000000000000.png", "/.well-known/", "/tin-tuc/%00/"],
)  # fmt: skip
def test_addresses_that_do_not_exist_are_404(
    hai_duong: Province, reader: Reader, path: str
) -> None:
    assert reader(hai_duong.thanh_son).get(path).status_code == 404
