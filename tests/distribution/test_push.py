"""Pushing content down: one row, any number of sites."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageLogEntry

from sites.distribution.actions import DistributionPermissionError, PushAction
from sites.distribution.audience import count_receivers, receivers
from sites.distribution.measuring import counted_queries
from sites.distribution.models import Distribution
from sites.hosts.registry import host_map
from sites.people.models import Role
from tests.conftest import Province, Reader
from tests.factories import home_of, make_article, make_person, make_site, make_unit, push


def titles(response: Any) -> str:
    return response.content.decode()


def test_a_pushed_article_is_on_every_commune_at_once(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province, "Ứng phó bão số 3")
    push(article, "under:30:commune")

    for commune in (hai_duong.thanh_son, hai_duong.thanh_hong, hai_duong.hop_tien):
        assert "Ứng phó bão số 3" in titles(reader(commune).get("/"))
        assert "Ứng phó bão số 3" in titles(reader(commune).get("/tin-tuc/"))
    assert "Ứng phó bão số 3" not in titles(reader(hai_duong.thanh_ha).get("/tin-tuc/"))


def test_it_opens_under_the_communes_own_host_with_the_origin_as_canonical(
    hai_duong: Province, reader: Reader
) -> None:
    article = make_article(hai_duong.province, "Ứng phó bão số 3")
    push(article, "under:30")

    page = reader(hai_duong.thanh_son).get(f"/tin-tuc/ung-pho-bao-so-3~{article.pk}/")

    assert page.status_code == 200
    text = titles(page)
    assert (
        '<link rel="canonical" href="http://haiduong.localhost:8000/tin-tuc/ung-pho-bao-so-3/">'
        in text
    )
    assert "Tỉnh Hải Dương" in text
    assert "Xã Thanh Sơn" in text


def test_a_unit_that_joins_later_shows_it_at_once(hai_duong: Province, reader: Reader) -> None:
    push(make_article(hai_duong.province, "Tiêm chủng toàn tỉnh"), "under:30:commune")

    newcomer = make_unit("10880", "Tân Lập", hai_duong.thanh_ha)
    make_site(newcomer)

    assert "Tiêm chủng toàn tỉnh" in titles(reader(newcomer).get("/tin-tuc/"))


def test_a_local_page_and_a_received_one_never_collide(hai_duong: Province, reader: Reader) -> None:
    own = make_article(hai_duong.thanh_son, "Lịch tiêm chủng")
    from_above = make_article(hai_duong.province, "Lịch tiêm chủng")
    push(from_above, "under:30")
    assert own.slug == from_above.slug

    client = reader(hai_duong.thanh_son)
    assert client.get("/tin-tuc/lich-tiem-chung/").context["page"].pk == own.pk
    received = client.get(f"/tin-tuc/lich-tiem-chung~{from_above.pk}/")
    assert received.context["page"].pk == from_above.pk


def test_an_unmapped_section_is_filed_under_news_from_above(
    hai_duong: Province, reader: Reader
) -> None:
    push(
        make_article(hai_duong.province, "Chỉ thị về đê điều", section="chi-dao-dieu-hanh"),
        "under:30",
    )
    push(make_article(hai_duong.province, "Phòng sốt xuất huyết", section="y-te"), "under:30")

    client = reader(hai_duong.thanh_son)
    assert "Chỉ thị về đê điều" in titles(client.get("/tin-cap-tren/"))
    assert "Phòng sốt xuất huyết" in titles(client.get("/thong-bao/"))


@pytest.mark.parametrize("change", ["unpublish", "expire", "restrict", "delete"])
def test_a_source_that_readers_may_not_see_is_shown_nowhere(
    hai_duong: Province, reader: Reader, change: str
) -> None:
    article = make_article(hai_duong.province, "Bài sẽ bị gỡ")
    push(article, "under:30")
    client = reader(hai_duong.thanh_son)
    address = f"/tin-tuc/{article.slug}~{article.pk}/"
    assert client.get(address).status_code == 200

    if change == "unpublish":
        article.unpublish()
    elif change == "expire":
        type(article).objects.filter(pk=article.pk).update(
            expire_at=timezone.now() - datetime.timedelta(minutes=1)
        )
    elif change == "restrict":
        article.get_parent().view_restrictions.create(restriction_type="login")
    else:
        article.delete()

    assert client.get(address).status_code == 404
    assert "Bài sẽ bị gỡ" not in titles(client.get("/tin-tuc/"))
    assert "Bài sẽ bị gỡ" not in titles(client.get("/"))


def test_it_follows_its_period(hai_duong: Province, reader: Reader) -> None:
    now = timezone.now()
    later = make_article(hai_duong.province, "Chưa đến ngày")
    push(later, "under:30", starts_at=now + datetime.timedelta(days=1))
    over = make_article(hai_duong.province, "Đã hết hạn")
    push(over, "under:30", ends_at=now - datetime.timedelta(days=1))

    listing = titles(reader(hai_duong.thanh_son).get("/tin-tuc/"))

    assert "Chưa đến ngày" not in listing
    assert "Đã hết hạn" not in listing


def test_editing_the_source_changes_every_site(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province, "Tựa cũ")
    push(article, "under:30")
    article.title = "Tựa mới"
    article.public_at = timezone.now() - datetime.timedelta(days=400)
    article.save_revision().publish()

    target = Distribution.objects.get().targets.get()
    assert target.public_at == article.public_at
    assert "Tựa mới" in titles(reader(hai_duong.thanh_son).get("/tin-tuc/"))


def test_pushing_again_changes_the_standing_distribution(
    hai_duong: Province, reader: Reader
) -> None:
    article = make_article(hai_duong.province, "Chỉ cho Thanh Hà")
    first = push(article, "under:30")
    second = push(article, "under:294", policy="mandatory")

    assert first.pk == second.pk
    assert "Chỉ cho Thanh Hà" in titles(reader(hai_duong.thanh_son).get("/tin-tuc/"))
    assert "Chỉ cho Thanh Hà" not in titles(reader(hai_duong.hop_tien).get("/tin-tuc/"))


def test_a_library_item_waits_until_the_unit_accepts_it(
    hai_duong: Province, reader: Reader
) -> None:
    push(make_article(hai_duong.province, "Kho bài dùng chung"), "under:30", policy="library")
    assert "Kho bài" not in titles(reader(hai_duong.thanh_son).get("/tin-tuc/"))


def test_everything_is_logged_with_who_and_how_far(hai_duong: Province) -> None:
    editor = make_person(hai_duong.province)
    article = make_article(hai_duong.province)
    PushAction(article, ["under:294"], "mandatory", user=editor).execute()

    entry = PageLogEntry.objects.get(action="liencap.distribution.push")
    assert entry.user == editor
    assert entry.data == {"policy": "mandatory", "audience": ["under:294"], "sites": 2}


def test_the_number_of_sites_does_not_change_the_number_of_queries(hai_duong: Province) -> Any:
    def cost(audience: str) -> int:
        article = make_article(hai_duong.province)
        with counted_queries() as queries:
            push(article, audience)
        return queries.count

    cost("unit:294")  # fills Django's own caches
    few = cost("unit:294")
    many = [make_unit(f"1{n:04}", f"Xã số {n}", hai_duong.thanh_ha) for n in range(30)]
    make_site(*many)
    host_map(recheck=True)  # the new sites are read once, by whoever comes first
    assert cost("under:30") <= few


@pytest.mark.parametrize(
    "audience",
    [
        ["under:30"],
        ["under:30:commune"],
        ["under:294"],
        ["unit:10867"],
        ["under:294", "unit:10867"],
    ],
)
def test_the_receivers_are_counted_as_they_are_listed(
    hai_duong: Province, audience: list[str]
) -> None:
    assert count_receivers(audience) == receivers(audience).count() > 0


def test_pushing_still_costs_little(hai_duong: Province) -> None:
    article = make_article(hai_duong.province)
    with counted_queries() as queries:
        push(article, "under:30")
    few = queries.count
    assert few <= 40


# ------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    "audience",
    [
        ["under:99"],
        ["unit:123456"],
        ["everyone"],
        ["under:30:village"],
        ["under:"],
        [],
        ["unit:30:commune"],
    ],
)
def test_an_unknown_or_empty_audience_is_refused(hai_duong: Province, audience: list[str]) -> None:
    with pytest.raises(ValidationError):
        push(make_article(hai_duong.province), *audience)
    assert not Distribution.objects.exists()


def test_an_audience_without_any_site_is_refused(hai_duong: Province) -> None:
    make_unit("292", "Kinh Môn", hai_duong.province)
    with pytest.raises(ValidationError, match="No site|không có trang|Không có"):
        push(make_article(hai_duong.province), "unit:292")


def test_upwards_and_sideways_are_refused(hai_duong: Province) -> None:
    article = make_article(hai_duong.thanh_ha)
    for audience in ("unit:30", "under:30", "unit:294", "under:291", "unit:10615", "all"):
        with pytest.raises(DistributionPermissionError):
            push(article, audience)


def test_a_draft_is_refused(hai_duong: Province) -> None:
    with pytest.raises(ValidationError):
        push(make_article(hai_duong.province, live=False), "under:30")


def test_a_home_page_is_refused(hai_duong: Province) -> None:
    with pytest.raises(ValidationError):
        push(home_of(hai_duong.province), "under:30")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR])
def test_a_contributor_may_not_push(hai_duong: Province, role: Any) -> None:
    person = make_person(hai_duong.province, role)
    with pytest.raises(DistributionPermissionError):
        PushAction(
            make_article(hai_duong.province), ["under:30"], "mandatory", user=person
        ).execute()


def test_someone_elses_page_is_refused(hai_duong: Province) -> None:
    stranger = make_person(hai_duong.nam_sach, Role.ADMINISTRATOR)
    article = make_article(hai_duong.thanh_ha)
    with pytest.raises(DistributionPermissionError):
        PushAction(article, ["under:294"], "mandatory", user=stranger).execute()
