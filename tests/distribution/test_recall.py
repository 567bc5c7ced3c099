"""Taking an item back: everywhere at once, with a reason that readers see."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sites.distribution.actions import DistributionPermissionError, RecallAction
from sites.distribution.measuring import counted_queries
from tests.conftest import Province, Reader
from tests.factories import make_article, make_person, push


def test_it_disappears_from_every_site_and_leaves_a_notice(
    hai_duong: Province, reader: Reader
) -> None:
    article = make_article(hai_duong.province, "Thông tin sai")
    distribution = push(article, "under:30")
    RecallAction(distribution, "error", "Số điện thoại trong bài bị nhầm.").execute()

    for unit in (hai_duong.thanh_ha, hai_duong.thanh_son, hai_duong.hop_tien):
        client = reader(unit)
        assert "Thông tin sai" not in client.get("/tin-tuc/").content.decode()
        notice = client.get(f"/tin-tuc/{article.slug}~{article.pk}/")
        assert notice.status_code == 410
        assert "Số điện thoại trong bài bị nhầm." in notice.content.decode()
    assert reader(hai_duong.province).get(f"/tin-tuc/{article.slug}/").status_code == 200


def test_a_superseded_item_leads_to_what_replaces_it(hai_duong: Province, reader: Reader) -> None:
    old = make_article(hai_duong.province, "Hướng dẫn cũ")
    new = make_article(hai_duong.province, "Hướng dẫn mới")
    distribution = push(old, "under:30")
    RecallAction(distribution, "superseded", replacement=new).execute()

    answer = reader(hai_duong.thanh_son).get(f"/tin-tuc/{old.slug}~{old.pk}/")

    assert answer.status_code == 301
    assert answer["Location"] == new.full_url


def test_a_site_that_never_had_it_shows_no_notice(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province)
    RecallAction(push(article, "under:294"), "withdrawn").execute()
    answer = reader(hai_duong.hop_tien).get(f"/tin-tuc/{article.slug}~{article.pk}/")
    assert answer.status_code == 404


def test_recalling_twice_is_refused(hai_duong: Province) -> None:
    distribution = push(make_article(hai_duong.province), "under:30")
    RecallAction(distribution, "error").execute()
    with pytest.raises(ValidationError):
        RecallAction(distribution, "error").execute()


def test_it_can_be_pushed_again_afterwards(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province, "Bản đã sửa")
    RecallAction(push(article, "under:30"), "error").execute()
    push(article, "under:30")
    client = reader(hai_duong.thanh_son)
    assert client.get(f"/tin-tuc/{article.slug}~{article.pk}/").status_code == 200


def test_a_stranger_may_not_recall(hai_duong: Province) -> None:
    distribution = push(make_article(hai_duong.province), "under:30")
    stranger = make_person(hai_duong.thanh_ha)
    with pytest.raises(DistributionPermissionError):
        RecallAction(distribution, "error", user=stranger).execute()


def test_an_unknown_reason_is_refused(hai_duong: Province) -> None:
    distribution = push(make_article(hai_duong.province), "under:30")
    with translation.override("vi"), pytest.raises(ValidationError):
        RecallAction(distribution, "because").execute()


def test_a_recall_costs_the_same_for_any_audience(hai_duong: Province) -> None:
    one = push(make_article(hai_duong.province), "unit:294")
    all_of_them = push(make_article(hai_duong.province), "under:30")
    with counted_queries() as few:
        RecallAction(one, "error").execute()
    with counted_queries() as many:
        RecallAction(all_of_them, "error").execute()
    assert many.count == few.count
