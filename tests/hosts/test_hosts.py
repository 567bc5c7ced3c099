"""Which site answers on which host, and how addresses are built without looking at all sites."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from sites.hosts.models import HostAlias
from sites.hosts.registry import host_map, portal_of_unit
from tests.conftest import Province, Reader
from tests.factories import home_of, make_article, make_site, make_unit, section_of, site_of


def test_each_host_shows_its_own_unit(hai_duong: Province, reader: Reader) -> None:
    for unit in (hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son):
        page = reader(unit).get("/")
        assert page.status_code == 200
        assert page.context["page"].unit == unit
        assert f"<title>Cổng thông tin điện tử – {unit.name}</title>" in page.content.decode()


@pytest.mark.parametrize(
    "host",
    ["khongco.haiduong.localhost", "localhost", "evil.example", "haiduong.localhost.evil.vn"],
)
def test_an_unknown_or_forged_host_gets_a_clear_404(hai_duong: Province, host: str) -> None:
    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "Không có cổng thông tin nào ở địa chỉ này" in text
    assert "Hải Dương" not in text
    assert host not in text


@pytest.mark.parametrize(
    "host", ["haiduong.localhost:8000", "HAIDUONG.localhost", "haiduong.localhost."]
)
def test_port_case_and_final_dot_do_not_matter(hai_duong: Province, host: str) -> None:
    assert Client(HTTP_HOST=host).get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["a b.localhost", "haiduong.localhost:80:80", "\x00.localhost", "<script>"]
)
def test_a_malformed_host_is_refused_without_a_crash(hai_duong: Province, host: str) -> None:
    assert Client(HTTP_HOST=host).get("/").status_code == 404


def test_a_further_host_leads_to_the_sites_own_for_good(hai_duong: Province) -> None:
    HostAlias.objects.create(hostname="www.haiduong.localhost", site=site_of(hai_duong.province))
    answer = Client(HTTP_HOST="www.haiduong.localhost").get("/tin-tuc/?trang=2")
    assert answer.status_code == 301
    assert answer["Location"] == "http://haiduong.localhost:8000/tin-tuc/?trang=2"


def test_a_host_cannot_be_a_site_and_a_further_host(hai_duong: Province) -> None:
    with pytest.raises(ValidationError):
        HostAlias(hostname="haiduong.localhost", site=site_of(hai_duong.thanh_ha)).full_clean()


def test_a_new_site_answers_at_once(hai_duong: Province) -> None:
    unit = make_unit("292", "Kinh Môn", hai_duong.province, "thi-xa")
    assert Client(HTTP_HOST=unit.hostname).get("/").status_code == 404
    make_site(unit)
    assert Client(HTTP_HOST=unit.hostname).get("/").status_code == 200


def test_a_removed_site_is_gone_at_once(hai_duong: Province) -> None:
    Site.objects.filter(hostname=hai_duong.thanh_son.hostname).first().delete()
    assert Client(HTTP_HOST=hai_duong.thanh_son.hostname).get("/").status_code == 404


def test_the_map_of_hosts_costs_one_query_when_nothing_changed(
    hai_duong: Province, django_assert_num_queries: Any
) -> None:
    host_map(recheck=True)
    with django_assert_num_queries(1):
        host_map(recheck=True)
    with django_assert_num_queries(0):
        portal = portal_of_unit(hai_duong.thanh_son.pk)
    assert portal
    assert portal.hostname == "thanhson.thanhha.haiduong.localhost"


def test_addresses_are_relative_at_home_and_full_elsewhere(
    hai_duong: Province, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    article = make_article(hai_duong.thanh_ha, "Đường đê sông Hương")
    request: Any = rf.get("/", HTTP_HOST="thanhha.haiduong.localhost")
    request.portal = portal_of_unit(hai_duong.thanh_ha.pk)
    with django_assert_num_queries(0):
        assert article.get_url(request) == "/tin-tuc/duong-de-song-huong/"
        assert (
            article.full_url
            == "http://thanhha.haiduong.localhost:8000/tin-tuc/duong-de-song-huong/"
        )
        request.portal = portal_of_unit(hai_duong.province.pk)
        assert article.get_url(request) == article.full_url


def test_english_addresses_carry_the_prefix(hai_duong: Province, reader: Reader) -> None:
    make_article(
        hai_duong.province, "Vải thiều", headline_en="Lychees", summary_en="In season.",
        body_en=[{"type": "paragraph", "value": "<p>Sweet.</p>"}],
    )  # fmt: skip
    page = reader(hai_duong.province).get("/en/tin-tuc/vai-thieu/")
    text = page.content.decode()
    assert page.status_code == 200
    assert '<html lang="en"' in text
    assert "Lychees" in text
    assert 'href="/en/tin-tuc/"' in text
    assert (
        reader(hai_duong.province).get("/tin-tuc/vai-thieu/").context["page"].display_title
        == "Vải thiều"
    )


def test_a_page_outside_any_site_has_no_address(hai_duong: Province) -> None:
    root = home_of(hai_duong.province).get_parent()
    assert root.get_url() is None


def test_links_in_rich_text_follow_the_same_path(
    hai_duong: Province, django_assert_max_num_queries: Any
) -> None:
    pages = [make_article(hai_duong.thanh_ha, f"Bài {n}") for n in range(20)]
    html = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages)
    host_map()
    with django_assert_max_num_queries(1):
        expanded = expand_db_html(html)
    assert expanded.count("http://thanhha.haiduong.localhost:8000/tin-tuc/bai-") == 20


def test_health_answers_on_every_host(db: None) -> None:
    for host in ("haiduong.localhost", "10.0.0.1", "anything.example"):
        client = Client(HTTP_HOST=host)
        assert client.get("/healthz").json() == {"status": "ok"}
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert set(ready.json()) >= {"database", "search", "worker"}


def test_the_units_api_tells_the_hosts(hai_duong: Province, reader: Reader) -> None:
    answer = reader(hai_duong.province).get("/api/v1/units", {"under": "294"})
    units = json.loads(answer.content)["units"]
    assert [unit["code"] for unit in units] == ["294", "10867", "10879"]
    assert units[1] == {
        "code": "10867", "name": "Xã Thanh Sơn", "kind": "xa", "tier": "commune", "parent": "294",
        "host": "thanhson.thanhha.haiduong.localhost", "valid_from": None, "valid_to": None,
    }  # fmt: skip


@pytest.mark.parametrize("code", ["99", "x", "\x00", "0" * 50, "'; --", "108670", "30\x00"])
def test_an_unknown_unit_is_404_in_the_api(hai_duong: Province, reader: Reader, code: str) -> None:
    answer = reader(hai_duong.province).get("/api/v1/units", {"under": code})
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_moving_a_section_slug_moves_the_addresses_below(
    hai_duong: Province, reader: Reader
) -> None:
    article = make_article(hai_duong.thanh_son, "Bài")
    section = section_of(hai_duong.thanh_son)
    section.slug = "tin-moi"
    section.save_revision().publish()
    article.refresh_from_db()
    assert article.full_url.endswith("/tin-moi/bai/")
    assert reader(hai_duong.thanh_son).get("/tin-moi/bai/").status_code == 200


def test_links_to_pages_that_are_gone_lose_their_address(hai_duong: Province) -> None:
    assert expand_db_html('<a linktype="page" id="999999">x</a>') == "<a>x</a>"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_request_survives_that_the_database_has_closed_its_connection() -> None:
    connection.ensure_connection()
    client = Client()
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        pid = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert client.get("/", HTTP_HOST="khongco.haiduong.localhost").status_code == 404
    assert connection.connection.info.backend_pid != pid
