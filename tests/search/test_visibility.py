"""A result is checked against the database: a lagging index shows nothing that it must not."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from cms.articles.models import ArticlePage
from search.index.drain import drain
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from sites.distribution.actions import RecallAction
from tests.conftest import Province
from tests.factories import make_article, push, section_of

from .conftest import Found

pytestmark = pytest.mark.django_db
TITLE = "Lịch tiêm chủng tháng Sáu"


def test_an_unpublished_page_never_shows(hai_duong: Province, found: Found) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    ArticlePage.objects.filter(pk=page.pk).update(live=False)
    assert found(TITLE, up_to_date=False) == []


def test_a_page_that_became_private_never_shows(hai_duong: Province, found: Found) -> None:
    make_article(hai_duong.thanh_son, TITLE)
    assert found(TITLE)
    PageViewRestriction.objects.create(
        page=section_of(hai_duong.thanh_son), restriction_type="login"
    )
    assert found(TITLE, up_to_date=False) == []


def test_a_recalled_page_never_shows_on_the_receiving_site(
    hai_duong: Province, found: Found
) -> None:
    distribution = push(make_article(hai_duong.province, TITLE), "under:30:commune")
    assert found(TITLE, scope="unit") == [TITLE]
    RecallAction(distribution, "withdrawn").execute()
    assert found(TITLE, scope="unit", up_to_date=False) == []


@pytest.mark.parametrize("policy", ["mandatory", "library"])
def test_the_address_is_on_the_searchers_own_host_where_her_site_shows_the_page(
    hai_duong: Province, engine: Engine, policy: str
) -> None:
    page = make_article(hai_duong.province, TITLE, section="thong-bao")
    push(page, "under:30:commune", policy=policy)
    drain()
    request = SearchRequest(TITLE, hai_duong.thanh_son, engine=engine)
    (result,) = search(request).results
    if policy == "mandatory":
        assert result.url == (
            "http://thanhson.thanhha.haiduong.localhost:8000"
            f"/thong-bao/lich-tiem-chung-thang-sau~{page.pk}/"
        )
        assert result.received
    else:
        assert result.url == page.get_full_url()
        assert result.url.startswith("http://haiduong.localhost:8000/")
        assert not result.received


def test_every_address_answers(hai_duong: Province, reader, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    push(make_article(hai_duong.province, f"{TITLE} của tỉnh"), "under:30:commune")
    make_article(hai_duong.thanh_son, f"{TITLE} của xã")
    make_article(hai_duong.hop_tien, f"{TITLE} của xã bạn")
    drain()
    results = search(SearchRequest(TITLE, hai_duong.thanh_son, engine=engine)).results
    assert len(results) == 3
    for result in results:
        host = result.root_url.removeprefix("http://").split(":")[0]
        client = reader(hai_duong.thanh_son)
        response = client.get(result.path, HTTP_HOST=host)
        assert response.status_code == 200, result.url
        assert result.title in response.content.decode()


def test_an_address_follows_a_changed_slug_at_once(hai_duong: Province, engine: Engine) -> None:
    page = make_article(hai_duong.thanh_son, TITLE)
    drain()
    ArticlePage.objects.filter(pk=page.pk).update(
        slug="lich-moi", url_path=page.url_path.replace(page.slug, "lich-moi")
    )
    (result,) = search(SearchRequest(TITLE, hai_duong.thanh_son, engine=engine)).results
    assert result.path == "/tin-tuc/lich-moi/"
