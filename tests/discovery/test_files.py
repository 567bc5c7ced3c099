"""Feeds, site maps, robots.txt and their like, read by parsers that know nothing of us."""

from __future__ import annotations

import datetime
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.discovery import sitemaps
from sites.distribution.actions import RecallAction
from tests.conftest import Province, Reader
from tests.factories import home_of, make_article, push
from tests.themes.reading import text_of

ROOT = "http://thanhson.thanhha.haiduong.localhost:8000"
PROVINCE_ROOT = "http://haiduong.localhost:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def xml(response: Any) -> ElementTree.Element:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return ElementTree.fromstring(body)


def own_and_received(hai_duong: Province) -> Any:
    """An own article of yesterday and one of the province of today; returns the latter."""
    yesterday = timezone.now() - datetime.timedelta(days=1)
    make_article(
        hai_duong.thanh_son, "Hội làng & chợ", summary_vi="Rước <b>kiệu</b>.", public_at=yesterday
    )
    received = make_article(hai_duong.province, "Bão số 3")
    return push(received, "under:30")


def test_rss_has_own_and_received_items_with_the_identity_of_their_origin(
    hai_duong: Province, reader: Reader
) -> None:
    distribution = own_and_received(hai_duong)
    response = reader(hai_duong.thanh_son).get("/rss.xml")
    assert response["Content-Type"].startswith("application/rss+xml")
    items = xml(response).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Bão số 3", "Hội làng & chợ"]
    pk = distribution.page_id
    assert items[0].findtext("link") == f"{ROOT}/tin-tuc/bao-so-3~{pk}/"
    assert items[0].findtext("guid") == f"{PROVINCE_ROOT}/tin-tuc/bao-so-3/"
    assert items[1].findtext("description") == "Rước <b>kiệu</b>."
    assert reader(hai_duong.thanh_son).get(f"/tin-tuc/bao-so-3~{pk}/").status_code == 200
    RecallAction(distribution, "error").execute()
    left = xml(reader(hai_duong.thanh_son).get("/rss.xml")).findall("channel/item/title")
    assert [title.text for title in left] == ["Hội làng & chợ"]


def test_atom_is_complete(hai_duong: Province, reader: Reader) -> None:
    own_and_received(hai_duong)
    feed = xml(reader(hai_duong.thanh_son).get("/atom.xml"))
    assert feed.findtext(f"{ATOM}title") == "Xã Thanh Sơn – Cổng thông tin điện tử"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{ROOT}/atom.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        assert entry.findtext(f"{ATOM}id", "").startswith("http://")
        updated = parse_datetime(entry.findtext(f"{ATOM}updated", ""))
        assert updated is not None
        assert updated.tzinfo is not None
        assert entry.findtext(f"{ATOM}author/{ATOM}name")


def test_json_feed_of_a_section(hai_duong: Province, reader: Reader) -> None:
    own_and_received(hai_duong)
    make_article(hai_duong.thanh_son, "Cắt điện", section="thong-bao")
    response = reader(hai_duong.thanh_son).get("/thong-bao/feed.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{ROOT}/thong-bao/feed.json"
    assert feed["home_page_url"] == f"{ROOT}/thong-bao/"
    assert [item["title"] for item in feed["items"]] == ["Cắt điện"]
    assert feed["items"][0]["url"] == f"{ROOT}/thong-bao/cat-dien/"


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_feeds_take_the_same_queries_for_few_and_many(
    hai_duong: Province, reader: Reader, name: str
) -> None:
    client = reader(hai_duong.thanh_son)
    counts = []
    for _ in range(2):
        make_article(hai_duong.thanh_son)
        push(make_article(hai_duong.province), "under:30")
        client.get(f"/{name}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/{name}").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_feeds_are_found_from_the_pages(hai_duong: Province, reader: Reader) -> None:
    html = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/"))
    paths = re.findall(r'type="application/atom\+xml"[^>]* href="([^"]+)"', html)
    assert paths == ["/atom.xml", "/tin-tuc/atom.xml"]
    for path in paths:
        assert reader(hai_duong.thanh_son).get(path).status_code == 200


# ----------------------------------------------------------------------------------------- site map


def places(reader: Reader, unit: Any, path: str) -> list[str]:
    return [node.text or "" for node in xml(reader(unit).get(path)).iter(f"{MAP}loc")]


def test_the_site_map_has_own_public_pages_and_no_others(
    hai_duong: Province, reader: Reader
) -> None:
    own_and_received(hai_duong)
    make_article(hai_duong.thanh_son, "Bản nháp", live=False)
    secret = make_article(hai_duong.thanh_son, "Nội bộ")
    secret.view_restrictions.create(restriction_type="password", password="x")
    make_article(hai_duong.thanh_son, "Đã hết", expire_at=timezone.now() - datetime.timedelta(1))
    make_article(hai_duong.thanh_hong, "Xã bên cạnh")
    make_article(hai_duong.thanh_son, "Mùa vải", headline_en="Lychee season")
    assert places(reader, hai_duong.thanh_son, "/sitemap.xml") == [f"{ROOT}/sitemap-1.xml"]
    found = places(reader, hai_duong.thanh_son, "/sitemap-1.xml")
    assert f"{ROOT}/tin-tuc/hoi-lang-cho/" in found
    assert f"{ROOT}/tin-tuc/mua-vai/" in found
    assert f"{ROOT}/en/tin-tuc/mua-vai/" in found
    assert f"{ROOT}/en/tin-tuc/hoi-lang-cho/" not in found
    for absent in ("ban-nhap", "noi-bo", "da-het", "xa-ben-canh", "bao-so-3", "~"):
        assert not any(absent in place for place in found)
    assert all(place.startswith(f"{ROOT}/") for place in found)
    client = reader(hai_duong.thanh_son)
    assert all(client.get(place.removeprefix(ROOT)).status_code == 200 for place in found)


def test_languages_of_a_page_name_each_other(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Mùa vải", headline_en="Lychee season")
    tree = xml(reader(hai_duong.thanh_son).get("/sitemap-1.xml"))
    entries = {url.findtext(f"{MAP}loc"): url for url in tree}
    for path in ("/tin-tuc/mua-vai/", "/en/tin-tuc/mua-vai/"):
        links = entries[ROOT + path].findall(f"{XHTML}link")
        assert {link.get("hreflang"): link.get("href") for link in links} == {
            "vi": f"{ROOT}/tin-tuc/mua-vai/",
            "en": f"{ROOT}/en/tin-tuc/mua-vai/",
        }
        assert parse_datetime(entries[ROOT + path].findtext(f"{MAP}lastmod", ""))


def test_a_large_site_is_cut_into_files_with_constant_queries(
    hai_duong: Province, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "ADDRESSES_PER_FILE", 10)
    for number in range(12):
        make_article(hai_duong.thanh_son, f"Tin {number}")
    client = reader(hai_duong.thanh_son)
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as captured:
        files = places(reader, hai_duong.thanh_son, "/sitemap.xml")
    assert len(captured) <= 3
    assert len(files) >= 4
    found = [
        place
        for file in files
        for place in places(reader, hai_duong.thanh_son, file.removeprefix(ROOT))
    ]
    assert len(found) == len(set(found))
    assert sum("/tin-tuc/tin-" in place for place in found) == 12
    beyond = f"/sitemap-{len(files) + 1}.xml"
    assert client.get(beyond).status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


# -------------------------------------------------------------------------------------- small files


def test_robots_leads_to_the_site_map_and_keeps_editors_out(
    hai_duong: Province, reader: Reader, signed_in: Any
) -> None:
    text = text_of(reader(hai_duong.thanh_son).get("/robots.txt"))
    assert f"Sitemap: {ROOT}/sitemap.xml" in text
    assert "Disallow: /api/" in text
    from tests.factories import make_person

    editors = text_of(signed_in(make_person(hai_duong.thanh_son)).get("/robots.txt"))
    assert editors == "User-agent: *\nDisallow: /\n"


def test_security_txt_is_valid_and_only_there_with_a_contact(
    hai_duong: Province, reader: Reader
) -> None:
    home = home_of(hai_duong.thanh_son)
    home.email, home.phone = "", ""
    home.save()
    client = reader(hai_duong.thanh_son)
    assert client.get("/.well-known/security.txt").status_code == 404
    home.email = "ubnd@thanhson.gov.vn"
    home.save()
    lines = dict(
        line.split(": ", 1)
        for line in text_of(client.get("/.well-known/security.txt")).splitlines()
    )
    assert lines["Contact"] == "mailto:ubnd@thanhson.gov.vn"
    expires = parse_datetime(lines["Expires"])
    assert expires is not None
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=366)
    assert lines["Canonical"] == f"{ROOT}/.well-known/security.txt"


def test_humans_txt_names_the_unit(hai_duong: Province, reader: Reader) -> None:
    assert "Thanh Sơn" in text_of(reader(hai_duong.thanh_son).get("/humans.txt"))


def test_the_site_tree_is_text_and_complete(hai_duong: Province, reader: Reader) -> None:
    own_and_received(hai_duong)
    html = text_of(reader(hai_duong.thanh_son).get("/so-do/"))
    for part in ("Hội làng &amp; chợ", "Bão số 3", "/thong-bao/", "Huyện Thanh Hà"):
        assert part in html
    assert "Site map" in text_of(reader(hai_duong.thanh_son).get("/en/so-do/"))
