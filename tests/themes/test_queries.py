"""What a page costs the database without any cache; the goal of the whole home page is 15."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.media.models import PortalImage
from tests.conftest import Province
from tests.factories import make_article, make_site, make_unit, push
from tests.themes.pictures import make_image
from tests.themes.reading import Reader


def fill(hai_duong: Province, number: int) -> None:
    """Local and received articles, some with pictures, in sections of the home page."""
    image = make_image(hai_duong.province)
    for index in range(number):
        moment = timezone.now() - datetime.timedelta(days=index)
        make_article(
            hai_duong.thanh_son, f"Thông báo {index}", section="thong-bao", public_at=moment
        )
        received = make_article(
            hai_duong.province, f"Tin tỉnh {index}", image=image, public_at=moment
        )
        push(received, "under:30")


def queries_of(client: Any, path: str) -> list[str]:
    client.get(path)  # pictures are made, content types and the map of hosts are read
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [" ".join(query["sql"].split())[:150] for query in captured.captured_queries]


def test_a_communes_home_page_takes_at_most_15_queries(hai_duong: Province, reader: Reader) -> None:
    fill(hai_duong, 3)
    queries = queries_of(reader(hai_duong.thanh_son), "/")
    assert len(queries) <= 15, "\n".join(queries)


def test_the_number_grows_neither_with_articles_nor_with_sites(
    hai_duong: Province, reader: Reader
) -> None:
    fill(hai_duong, 2)
    few = queries_of(reader(hai_duong.province), "/")
    fill(hai_duong, 4)
    for number in range(6):
        make_site(make_unit(f"2001{number}", f"An Lạc {number}", hai_duong.thanh_ha))
    many = queries_of(reader(hai_duong.province), "/")
    assert len(many) == len(few) <= 15


@pytest.mark.parametrize("path", ["/tin-tuc/", "/thong-bao/", "/van-ban/", "/chon-don-vi/"])
def test_a_section_takes_at_most_15(hai_duong: Province, reader: Reader, path: str) -> None:
    fill(hai_duong, 3)
    queries = queries_of(reader(hai_duong.thanh_son), path)
    assert len(queries) <= 15, "\n".join(queries)


def test_an_article_takes_at_most_15_queries_own_or_received(
    hai_duong: Province, reader: Reader
) -> None:
    fill(hai_duong, 3)
    own = make_article(hai_duong.thanh_son, "Hội làng")
    received = make_article(hai_duong.province, "Bão số 3", image=PortalImage.objects.first())
    push(received, "under:30")
    for path in ("/tin-tuc/hoi-lang/", f"/tin-tuc/bao-so-3~{received.pk}/"):
        queries = queries_of(reader(hai_duong.thanh_son), path)
        assert len(queries) <= 15, "\n".join(queries)
    assert own.live


def test_a_home_page_weighs_at_most_40_kb(hai_duong: Province, reader: Reader) -> None:
    fill(hai_duong, 40)
    for unit in (hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son):
        assert len(reader(unit).get("/").content) <= 40_000
