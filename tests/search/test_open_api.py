"""The API as others use it: from any origin, not too often, and as it is described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from jsonschema import Draft202012Validator

from search.index.drain import drain
from search.office.models import Promotion
from search.pages import limits
from search.suggest.filling import refresh
from tests.conftest import Province, Reader
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]
STRANGER: Any = {"REMOTE_ADDR": "8.8.4.4"}


@pytest.fixture
def client(hai_duong: Province, reader: Reader) -> Client:
    """A resident of Thanh Sơn; there is something of everything to answer with."""
    page = make_article(hai_duong.thanh_son, "Đăng ký khai sinh", source_id="cu-17")
    make_article(hai_duong.hop_tien, "Khai sinh lưu động")
    Promotion.objects.create(queries="khai sinh", page=page)
    drain()
    refresh()
    return reader(hai_duong.thanh_son)


@pytest.fixture
def few(monkeypatch: Any, tmp_path: Path, settings: Any) -> None:
    """A limit that a test can reach."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(limits, "BURST", 3)
    monkeypatch.setattr(limits, "PER_SECOND", 0.1)
    monkeypatch.setattr(limits, "_buckets", None)
    monkeypatch.setattr(limits, "_is_broken", False)


def described(client: Client) -> dict[str, Any]:
    """The description."""
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def assert_valid(document: dict[str, Any], schema: str, value: object) -> None:
    """Hold an answer against a schema of the description."""
    root = {**document, "$ref": f"#/components/schemas/{schema}"}
    Draft202012Validator.check_schema(document["components"]["schemas"][schema])
    Draft202012Validator(root).validate(value)


@pytest.mark.parametrize(
    ("address", "status", "schema"),
    [
        ("/api/v1/search?q=khai+sinh", 200, "Search"),
        ("/api/v1/search?q=thanh+s%C6%A1n", 200, "Search"),
        ("/api/v1/search?q=khong+co+gi", 200, "Search"),
        ("/api/v1/search?q=khai+sinnh", 200, "Search"),
        ("/api/v1/search", 200, "Search"),
        ("/api/v1/search?q=x&page=0", 400, "Error"),
        ("/api/v1/suggest?q=kha", 200, "Suggest"),
        ("/api/v1/suggest?q=thanh", 200, "Suggest"),
        ("/api/v1/suggest", 200, "Suggest"),
        ("/api/v1/units?under=30", 200, "Units"),
        ("/api/v1/units", 200, "Units"),
        ("/api/v1/units?under=99999", 404, "Error"),
    ],
)
def test_answers_are_as_described(client: Client, address: str, status: int, schema: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    document = described(client)
    assert_valid(document, schema, answer.json())
    responses = document["paths"][address.split("?")[0]]["get"]["responses"]
    reference = responses[str(status)]["content"]["application/json"]["schema"]["$ref"]
    assert reference == f"#/components/schemas/{schema}"


def test_the_description_would_notice_a_difference(client: Client) -> None:
    from jsonschema import ValidationError

    value = client.get("/api/v1/search?q=khai+sinh").json()
    assert value["promoted"][0]["source_id"] == "cu-17"
    assert value["results"]
    value["results"][0]["surprise"] = 1
    with pytest.raises(ValidationError):
        assert_valid(described(client), "Search", value)


def test_every_parameter_is_described(client: Client) -> None:
    names = [p["name"] for p in described(client)["paths"]["/api/v1/search"]["get"]["parameters"]]
    for name in names:
        if name in ("q", "lang"):
            continue
        answer = client.get("/api/v1/search", {"q": "x", name: "\0"})
        assert answer.status_code == 400, name
        assert answer.json()["error"] != ""


@pytest.mark.parametrize("path", ["search?q=khai", "suggest?q=kha", "units", "openapi.json"])
def test_any_website_may_read(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}", headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    asked = client.options(f"/api/v1/{path}", headers={"origin": "https://example.org"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post(f"/api/v1/{path}").status_code == 405
    assert client.delete(f"/api/v1/{path}").status_code == 405


@pytest.mark.parametrize("path", ["search?q=khai", "suggest?q=kha", "units", "openapi.json"])
def test_what_is_no_reading_is_refused_as_such(hai_duong: Province, path: str) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST=hai_duong.thanh_son.hostname)
    assert client.post(f"/api/v1/{path}").status_code == 405


def test_clicks_are_not_open(client: Client) -> None:
    answer = client.post("/api/v1/search/click", {"q": "x"}, headers={"origin": "https://x.org"})
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.usefixtures("few")
def test_who_asks_too_often_is_told_when_to_come_back(client: Client) -> None:
    statuses = [client.get("/api/v1/suggest?q=kha", **STRANGER).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    answer = client.get("/api/v1/search?q=kha", **STRANGER)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 10
    assert "giây" in answer.json()["error"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert_valid(described(client), "Error", answer.json())
    other: Any = {"REMOTE_ADDR": "8.8.4.5"}
    assert client.get("/api/v1/search?q=kha", **other).status_code == 200


@pytest.mark.usefixtures("few")
def test_the_machines_own_requests_have_no_limit(client: Client) -> None:
    for _ in range(5):
        assert client.get("/api/v1/suggest?q=kha").status_code == 200


@pytest.mark.usefixtures("few")
def test_workers_share_the_limit(tmp_path: Path) -> None:
    one, other = limits.Buckets(tmp_path / "x"), limits.Buckets(tmp_path / "x")
    assert [one.wait_for("a"), other.wait_for("a"), one.wait_for("a")] == [0, 0, 0]
    assert 9 < other.wait_for("a") <= 10
    assert other.wait_for("b") == 0


@pytest.mark.usefixtures("few")
def test_a_bucket_fills_again(tmp_path: Path, monkeypatch: Any) -> None:
    buckets = limits.Buckets(tmp_path / "x")
    for _ in range(3):
        assert buckets.wait_for("a") == 0
    assert buckets.wait_for("a") > 0
    now = limits.time.time()
    monkeypatch.setattr(limits.time, "time", lambda: now + 11)
    assert buckets.wait_for("a") == 0
    monkeypatch.setattr(limits.time, "time", lambda: now - 10**6)  # the clock was set back
    assert buckets.wait_for("a") == 0


def test_no_address_is_stored(tmp_path: Path) -> None:
    limits.Buckets(tmp_path / "x").wait_for("8.8.4.4")
    stored = (tmp_path / "x").read_bytes()
    assert any(stored)
    assert b"8.8.4" not in stored
    assert bytes([8, 8, 4, 4]) not in stored


def test_without_a_place_to_count_everybody_is_answered(
    client: Client, settings: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.VAR_DIR = tmp_path / "file" / "below"
    monkeypatch.setattr(limits, "_buckets", None)
    monkeypatch.setattr(limits, "_is_broken", False)
    assert client.get("/api/v1/suggest?q=kha", **STRANGER).status_code == 200


@pytest.mark.parametrize(
    ("direct", "forwarded", "address"),
    [
        ("8.8.4.4", "", "8.8.4.4"),
        ("8.8.4.4", "1.1.1.1", "8.8.4.4"),
        ("127.0.0.1", "", ""),
        ("10.0.0.5", "", ""),
        ("", "", ""),
        ("127.0.0.1", "8.8.8.8", "8.8.8.8"),
        ("10.0.0.5", "1.1.1.1, 8.8.8.8", "8.8.8.8"),
        ("10.0.0.5", "8.8.8.8, 10.0.0.9", ""),
        ("127.0.0.1", "nonsense", ""),
        ("2001:4860:4860:1:2:3:4:5", "", "2001:4860:4860:1::/64"),
    ],
)
def test_whose_limit_it_is(direct: str, forwarded: str, address: str) -> None:
    values: Any = {"REMOTE_ADDR": direct}
    if forwarded:
        values["HTTP_X_FORWARDED_FOR"] = forwarded
    assert limits.client_address(RequestFactory().get("/", **values)) == address
