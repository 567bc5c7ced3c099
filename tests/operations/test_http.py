"""What caches and browsers are told about residents' pages."""

from __future__ import annotations

import re
from typing import Any

import brotli
import pytest
from django.conf import settings

from cms.operations.policy import public_policy
from tests.conftest import Province, Reader
from tests.factories import make_article, make_person, push


def test_a_page_may_be_kept_for_a_short_time_and_is_the_same_for_everybody(
    hai_duong: Province, reader: Reader
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    for path in ("/", "/tin-tuc/", "/tin-tuc/hoi-lang/", "/atom.xml", "/so-do/", "/sitemap.xml"):
        response = reader(hai_duong.thanh_son).get(path)
        directives = response["Cache-Control"]
        assert "public" in directives
        assert "max-age=0" in directives
        assert re.search(r"s-maxage=20\b", directives)
        assert "stale-while-revalidate=20" in directives
        vary = response.get("Vary", "")
        assert "Cookie" not in vary
        assert "Accept-Language" not in vary


def test_an_unchanged_page_is_answered_with_304_and_a_changed_one_is_not(
    hai_duong: Province, reader: Reader
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    client = reader(hai_duong.thanh_son)
    etag = client.get("/tin-tuc/hoi-lang/")["ETag"]
    again = client.get("/tin-tuc/hoi-lang/", HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304
    assert not again.content
    page.title = "Hội làng năm nay"
    page.save_revision().publish()
    assert client.get("/tin-tuc/hoi-lang/", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_keys_name_the_page_and_the_audiences_of_its_lists(
    hai_duong: Province, reader: Reader
) -> None:
    page = make_article(hai_duong.thanh_son, "Hội làng")
    article = reader(hai_duong.thanh_son).get("/tin-tuc/hoi-lang/")["Surrogate-Key"].split()
    assert f"page-{page.pk}" in article
    assert "frame-under-30-commune" in article
    assert "list-under-30" not in article
    home = reader(hai_duong.thanh_son).get("/")
    assert {"list-all", "list-unit-10867", "list-under-294"} <= set(home["xkey"].split())
    assert home["xkey"] == home["Surrogate-Key"]
    feed = reader(hai_duong.thanh_son).get("/tin-tuc/rss.xml")["xkey"]
    assert "list-under-30" in feed


def test_missing_pages_are_kept_briefly_and_forms_with_a_token_never(
    hai_duong: Province, reader: Reader
) -> None:
    missing = reader(hai_duong.thanh_son).get("/khong-co/")
    assert missing.status_code == 404
    assert "s-maxage=10," in missing["Cache-Control"]
    page = make_article(hai_duong.thanh_son, "Nội bộ")
    page.view_restrictions.create(restriction_type="password", password="mat-khau")
    private = reader(hai_duong.thanh_son).get("/tin-tuc/noi-bo/")
    assert "public" not in private["Cache-Control"]
    assert not private.has_header("Surrogate-Key")


def test_html_is_brotli_where_the_browser_takes_it(hai_duong: Province, reader: Reader) -> None:
    client = reader(hai_duong.thanh_son)
    plain = client.get("/")
    packed = client.get("/", HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["ETag"] == f"W/{plain['ETag']}"
    again = client.get("/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=packed["ETag"])
    assert again.status_code == 304
    assert client.get("/", HTTP_ACCEPT_ENCODING="gzip")["Content-Encoding"] == "gzip"
    assert client.get("/", HTTP_ACCEPT_ENCODING="br;q=0, gzip")["Content-Encoding"] == "gzip"


def test_what_holds_a_token_is_not_brotli(hai_duong: Province, reader: Reader) -> None:
    page = make_article(hai_duong.thanh_son, "Nội bộ")
    page.view_restrictions.create(restriction_type="password", password="mat-khau")
    form = reader(hai_duong.thanh_son).get("/tin-tuc/noi-bo/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert form.get("Content-Encoding") != "br"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(
    hai_duong: Province, reader: Reader, signed_in: Any
) -> None:
    policy = reader(hai_duong.thanh_son).get("/")["Content-Security-Policy"]
    assert policy == public_policy()
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'self'")
    elsewhere = set(re.findall(r"https?://[^\s;]+", policy))
    assert elsewhere == set(settings.EMBED_ORIGINS)
    editor = signed_in(make_person(hai_duong.thanh_son))
    assert "Content-Security-Policy" not in editor.get("/")


def test_a_recalled_item_stays_public_to_caches_but_its_key_is_the_pages(
    hai_duong: Province, reader: Reader
) -> None:
    from sites.distribution.actions import RecallAction

    page = make_article(hai_duong.province, "Bão số 3")
    distribution = push(page, "under:30")
    RecallAction(distribution, "error").execute()
    response = reader(hai_duong.thanh_son).get(f"/tin-tuc/bao-so-3~{page.pk}/")
    assert response.status_code == 410
    assert "list-under-30" in response["xkey"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_cached(hai_duong: Province, reader: Reader, method: str) -> None:
    response = getattr(reader(hai_duong.thanh_son), method)("/")
    assert "public" not in response.get("Cache-Control", "")


def test_the_api_answers_the_same_to_every_browser_and_needs_no_session(
    hai_duong: Province, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    client.cookies["sessionid"] = "unknown"
    answers = [
        client.get("/api/v1/search", {"q": "lịch"}, HTTP_ACCEPT_LANGUAGE=language)
        for language in ("vi", "en")
    ]
    assert answers[0].json()["facets"] == answers[1].json()["facets"]
    for answer in answers:
        assert answer["Content-Language"] == "vi"
        assert answer["Content-Length"] == str(len(answer.content))
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert not hasattr(answer.wsgi_request, "session")
    missing = client.get("/api/v1/nothing/")
    assert missing.status_code == 404
    assert "text/html" in missing["Content-Type"]
