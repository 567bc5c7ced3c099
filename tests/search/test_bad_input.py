"""Whatever is typed gets a fast honest answer, and nothing of it is written to a log."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from search.index.drain import drain
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]
Reader = Callable[[AdministrativeUnit], Client]

SECRET = "bimatcuatoi"  # noqa: S105 (a word to look for in logs)
QUERIES = {
    "10 KB": "x" * 10_000,
    "500 words": "từ đất " * 250,
    "punctuation": "?!… — ()[]{}",
    "emoji": "🎉🏠 khai sinh 👶",
    "NUL": "khai\0sinh",
    "HTML": "<script>alert(1)</script><b>khai sinh",
    "Lucene": "title:(khai* AND sinh~2)^9 OR _id:[1 TO *] /.*/",
    "SQL": "'; DROP TABLE wagtailcore_page; --",
    "regex bomb": "(a+)+$" * 50,
    "tsquery": "khai:* & !(sinh <-> | ' \\",
    "mixed scripts": "дом 家 บ้าน nhà ١٥/٢٠٢٤",
    "surrogates": "khai \ud800 sinh",
    "directions": "\u202ekhai sinh\u202c\u200b",
    "wildcards": "%%__\\%",
}


@pytest.fixture
def client(hai_duong: Province, reader: Reader) -> Client:
    make_article(hai_duong.thanh_son, "Đăng ký khai sinh")
    drain()
    return reader(hai_duong.thanh_son)


@pytest.mark.parametrize("address", ["/tim-kiem/", "/api/v1/search"])
@pytest.mark.parametrize("kind", QUERIES)
def test_bad_queries_are_answered_and_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture, address: str, kind: str
) -> None:
    text = f"{SECRET} {QUERIES[kind]}".encode("utf-8", "replace").decode()
    with caplog.at_level(logging.INFO):
        response = client.get(address, {"q": text})
    # Too long is refused with a reason; all else is searched.
    assert response.status_code in (200, 400)
    assert b"Traceback" not in response.content
    logged = [record for record in caplog.records if record.name != "django.request"]
    assert not [record for record in logged if SECRET in record.getMessage()]


@pytest.mark.parametrize("address", ["/tim-kiem/", "/api/v1/search"])
@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "10001"}, {"page": "99999999999999999999"}, {"type": "khong-co"},
        {"section": "\0"}, {"unit": "99999"}, {"year": "abc"}, {"from": "2024-13-45"},
        {"scope": "universe"}, {"size": "-1"}, {"lang": "xx"}, {"tier": "'"},
    ],
    ids=str,
)  # fmt: skip
def test_odd_places_and_facets_are_answered(
    client: Client, address: str, parameters: dict[str, str]
) -> None:
    response = client.get(address, {"q": "khai sinh", **parameters})
    assert response.status_code in (200, 400)


def test_odd_addresses_write_no_lines(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/tim-kiem/", {"q": "khai sinh", "page": "abc"}).status_code == 400
    assert not caplog.records
