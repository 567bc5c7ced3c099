"""Addresses that nobody should send: honest answers, whole pages, nothing echoed that harms."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.conftest import Province, Reader
from tests.factories import make_article
from tests.themes.reading import text_of

LONG = "a" * 8192
FORGED = (
    "evil.example", "thanhson.thanhha.haiduong.localhost.evil.example", "a b", "\u0111.localhost",
    "haiduong.localhost@evil.example", "localhost:99999", "", "../../etc",
)  # fmt: skip
WRONG_PAGES = (
    "0", "-1", "2", "99999999999", "abc", "1.5", "٣", "1e3", "%00", "", "1;drop",
)  # fmt: skip
NOWHERE = (
    "/sitemap-99999999.xml", "/sitemap-x.xml", "/tin-tuc/rss.json", "/tin-tuc/feed.xml",
    "/khong-co/atom.xml", "/anh-chia-se/1-vi-zzzzzzzzzzzz.png", "/anh-chia-se/1-vi-.png",
    "/anh-chia-se/../../etc-vi-000000000000.png", "/.well-known/", "/tin-tuc/%00/",
)  # fmt: skip


def test_forged_hosts_get_404_and_no_hint_of_others(hai_duong: Province) -> None:
    for host in FORGED:
        response = Client(HTTP_HOST=host).get("/")
        assert response.status_code == 404, host
        assert "Thanh Sơn" not in text_of(response)
        assert "evil" not in text_of(response)


def test_a_forged_forwarding_header_changes_no_address(hai_duong: Province, reader: Reader) -> None:
    forged: Any = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_ORIGINAL_URL": "/admin/"}
    assert "evil.example" not in text_of(reader(hai_duong.thanh_son).get("/", **forged))


def test_query_strings_of_8_kb_are_answered(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    client = reader(hai_duong.thanh_son)
    for path in ("/", "/tin-tuc/", "/tin-tuc/hoi-lang/", "/tim-kiem/", "/so-do/"):
        for query in (f"x={LONG}", f"q={LONG}", LONG, "&".join(["a=1"] * 900)):
            response = client.get(f"{path}?{query}")
            assert response.status_code in (200, 400), f"{path}?{query[:20]}"
            assert "site-header" in text_of(response)
            assert LONG not in text_of(response).split("</head>")[0]


def test_wrong_page_numbers_are_404_and_say_what_to_do(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    for number in WRONG_PAGES:
        response = reader(hai_duong.thanh_son).get(f"/tin-tuc/?trang={number}")
        assert response.status_code == 404, number
        assert "/tin-tuc/" in text_of(response)


def test_addresses_that_do_not_exist_are_404(hai_duong: Province, reader: Reader) -> None:
    for path in NOWHERE:
        assert reader(hai_duong.thanh_son).get(path).status_code == 404, path
