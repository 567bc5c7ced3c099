"""The contract of `/api/v1/search`, and everything odd that people send."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from search.index.drain import drain
from search.index.requests import FACETS
from sites.units.models import AdministrativeUnit
from tests.conftest import Province
from tests.factories import make_article, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]
Reader = Callable[[AdministrativeUnit], Client]
ADDRESS = "/api/v1/search"


@pytest.fixture
def client(hai_duong: Province, reader: Reader) -> Client:
    """A resident of Thanh Sơn; her commune has one article."""
    make_article(
        hai_duong.thanh_son,
        "Đăng ký khai sinh <lưu động>",
        summary_vi="Cán bộ đến tận nhà.",
        source_id="cu-17",
    )
    drain()
    return reader(hai_duong.thanh_son)


def get(client: Client, **parameters: Any) -> dict[str, Any]:
    """The API's answer, which must be 200."""
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200, response.content[:300]
    answer: dict[str, Any] = response.json()
    return answer


def test_the_answer_has_the_fields_of_the_contract(client: Client) -> None:
    answer = get(client, q="khai sinh")
    assert {"query", "total", "engine", "took_ms", "results", "facets", "suggestion"} <= set(answer)
    assert answer["query"] == "khai sinh"
    assert answer["total"] == 1
    assert answer["engine"] == "postgresql"
    assert isinstance(answer["took_ms"], int)
    assert answer["suggestion"] is None
    (result,) = answer["results"]
    assert result["source_id"] == "cu-17"
    assert result["title"] == "Đăng ký khai sinh <lưu động>"
    assert result["url"].startswith("http://thanhson.thanhha.haiduong.localhost:8000/tin-tuc/")
    assert result["summary"] == "Cán bộ đến tận nhà."
    assert result["type"] == "article"
    assert result["section"] == "tin-tuc"
    assert result["unit"] == {"code": "10867", "name": "Xã Thanh Sơn", "tier": "commune"}
    assert result["date"][:4].isdigit()
    assert set(answer["facets"]) == set(FACETS)
    assert [value["value"] for value in answer["facets"]["area"]] == ["10867", "294", "30"]
    assert answer["facets"]["unit"] == [{"value": "10867", "label": "Xã Thanh Sơn", "count": 1}]


def test_the_passage_is_safe_html(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Cảnh báo", body="&lt;script&gt;alert(1)&lt;/script&gt; lừa")
    drain()
    answer = get(reader(hai_duong.thanh_son), q="lừa alert")
    highlight = answer["results"][0]["highlight"]
    assert "<script" not in highlight
    assert "<mark>lừa</mark>" in highlight


def test_the_unit_of_the_host_is_the_searchers(
    client: Client, hai_duong: Province, reader: Reader
) -> None:
    assert get(client, q="khai sinh", scope="unit")["total"] == 1
    elsewhere = reader(hai_duong.hop_tien)
    assert get(elsewhere, q="khai sinh", scope="unit")["total"] == 0
    assert get(elsewhere, q="khai sinh", scope="unit", unit="10867")["total"] == 1
    assert get(elsewhere, q="khai sinh", scope="level")["total"] == 1


def test_a_code_means_the_unit_that_has_a_site(client: Client, hai_duong: Province) -> None:
    ended = datetime.date(2025, 7, 1)
    AdministrativeUnit.objects.filter(pk=hai_duong.thanh_son.pk).update(valid_to=ended)
    make_unit("10867", "Hà Tây", hai_duong.province, valid_from=ended)
    assert get(client, q="khai sinh", scope="unit", unit="10867")["total"] == 1


@pytest.mark.parametrize(
    ("parameters", "part"),
    [
        ({"unit": "99999"}, "99999"),
        ({"unit": "30' OR 1=1"}, "30"),
        ({"unit": "\0"}, "unit"),
        ({"scope": "galaxy"}, "galaxy"),
        ({"section": "khong-co"}, "khong-co"),
        ({"from": "hôm qua"}, "hôm qua"),
        ({"from": "2025-02-30"}, "2025-02-30"),
        ({"to": "9999-12-31"}, "9999"),
        ({"from": "2025-02-02", "to": "2025-02-01"}, "Ngày"),
        ({"lang": "fr"}, "fr"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "²"}, "page"),
        ({"page": "99999999999999999999"}, "page"),
        ({"page": "999999", "size": "50"}, "page"),
        ({"size": "51"}, "50"),
        ({"size": "many"}, "size"),
        ({"sort": "price"}, "price"),
        ({"publisher": "x" * 100}, "publisher"),
    ],
)
def test_odd_parameters_get_a_vietnamese_sentence(
    client: Client, parameters: dict[str, str], part: str
) -> None:
    response = client.get(ADDRESS, {"q": "khai sinh", **parameters}, headers={"accept": "en"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert part in error
    assert not error.isascii(), error


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\0",
        "khai\0sinh",
        "?!,.;:()[]{}",
        "' OR 1=1 --",
        "a & b | !c <-> (d:*",
        "\\",
        "😀👨‍👩‍👧",
        "<script>alert(1)</script>",
        "khai sinh " * 1000,
        "x" * 10_000,
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        '"""',
        '"khai',
        "-khai",
        "- -",
        "15/2024/QĐ-UBND" * 50,
        "Uû ban nh©n d©n",
        "ไทย 中文 عربى",
        "%" * 300,
        "\u202ekhai\u200bsinh",
    ],
)
@pytest.mark.parametrize("scope", ["all", "unit"])
def test_whatever_is_typed_is_answered(client: Client, text: str, scope: str) -> None:
    answer = get(client, q=text, scope=scope)
    assert answer["total"] == 0 or answer["results"]
    page = client.get("/tim-kiem/", {"q": text, "scope": scope})
    assert page.status_code == 200


def test_bytes_that_are_no_utf8_are_answered(client: Client) -> None:
    response = client.get(f"{ADDRESS}?q=%ff%fe%00khai")
    assert response.status_code == 200


def test_only_reading(client: Client) -> None:
    assert client.post(ADDRESS, {"q": "khai sinh"}).status_code == 405


def test_the_command_prints_the_same(client: Client) -> None:
    out = StringIO()
    call_command("search", "khai sinh", unit="10867", json=True, stdout=out, stderr=StringIO())
    printed = json.loads(out.getvalue().splitlines()[-1])
    answered = get(client, q="khai sinh")
    for answer in (printed, answered):
        answer.pop("took_ms")
    assert printed == answered


def test_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    get(client, q="khai sinh")
    with django_assert_max_num_queries(8):
        get(client, q="khai sinh")
