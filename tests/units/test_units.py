"""Units as dated data."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sites.distribution.audience import describe_all
from sites.units.models import AdministrativeUnit
from tests.factories import make_site, make_unit

BEFORE = datetime.date(2025, 6, 30)
REFORM = datetime.date(2025, 7, 1)


@pytest.fixture
def reformed(db: None) -> Any:
    """Hải Dương until the reform, Hải Phòng across it, a commune of each time under one code."""
    hai_duong = make_unit("30", "Hải Dương", valid_to=REFORM)
    thanh_ha = make_unit("294", "Thanh Hà", hai_duong, valid_to=REFORM)
    old = make_unit("10813", "Thanh Hà", thanh_ha, "thi-tran", valid_to=REFORM)
    hai_phong = make_unit("31", "Hải Phòng", kind="thanh-pho")
    new = make_unit("10813", "Thanh Hà", hai_phong, valid_from=REFORM)
    return hai_duong, thanh_ha, old, hai_phong, new


def test_a_code_means_another_unit_on_another_date(reformed: Any) -> None:
    *_, old, hai_phong, new = reformed
    find = AdministrativeUnit.objects.with_code
    assert find("10813", BEFORE) == old
    assert find("10813", REFORM) == new
    assert find("10813") == new
    assert find("30").name == "Tỉnh Hải Dương"
    with pytest.raises(AdministrativeUnit.DoesNotExist):
        find("30", REFORM)


def test_ancestors_and_descendants_are_those_of_a_date(
    reformed: Any, django_assert_num_queries: Any
) -> None:
    hai_duong, thanh_ha, old, hai_phong, new = reformed
    with django_assert_num_queries(1):
        assert list(old.ancestors()) == [hai_duong, thanh_ha]
    with django_assert_num_queries(1):
        assert list(new.ancestors()) == [hai_phong]
    with django_assert_num_queries(1):
        assert list(hai_duong.descendants()) == [thanh_ha, old]
    assert list(hai_duong.descendants(REFORM)) == []
    assert list(hai_phong.descendants(BEFORE)) == []
    with django_assert_num_queries(1):
        assert list(AdministrativeUnit.objects.active(on=REFORM).order_by("code")) == [
            new,
            hai_phong,
        ]


def test_a_dissolved_unit_is_looked_at_on_its_last_day(reformed: Any) -> None:
    hai_duong, *_ = reformed
    assert hai_duong.reference_date == BEFORE
    assert not hai_duong.is_active()
    assert hai_duong.is_active(BEFORE)


def test_a_unit_answers_to_a_handful_of_tokens(reformed: Any) -> None:
    _, _, old, _, new = reformed
    assert old.tokens() == [
        "all", "unit:10813", "under:30", "under:294", "under:30:commune", "under:294:commune",
    ]  # fmt: skip
    assert new.tokens() == ["all", "unit:10813", "under:31", "under:31:commune"]


def test_hosts_are_told_apart_by_kind_then_by_code(db: None) -> None:
    province = make_unit("31", "Hải Phòng", kind="thanh-pho")
    town = make_unit("10001", "Thanh Hà", province, "thi-tran")
    commune = make_unit("10002", "Thanh Hà", province)
    other = make_unit("10003", "Thành Hà", province)
    assert town.hostname == "thanhha.haiphong.localhost"
    assert commune.hostname == "xathanhha.haiphong.localhost"
    assert other.hostname == "thanhha-10003.haiphong.localhost"


def test_a_host_stays_when_the_name_is_corrected(db: None) -> None:
    unit = make_unit("30", "Hải Dưong")
    unit.short_name = "Hải Dương"
    unit.save()
    assert unit.hostname == "haiduong.localhost"


def test_two_units_cannot_carry_one_code_at_one_time(reformed: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_unit("31", "Hải Phòng Hai", kind="thanh-pho", valid_from=REFORM)


def test_english_names_have_no_marks(reformed: Any) -> None:
    assert [unit.english_name for unit in reformed[:3]] == [
        "Hai Duong Province", "Thanh Ha District", "Thanh Ha Township",
    ]  # fmt: skip


def test_without_a_date_a_unit_with_a_site_comes_before_a_newer_one_without(reformed: Any) -> None:
    _, _, old, _, new = reformed
    assert AdministrativeUnit.objects.with_code("10813") == new
    make_site(old)
    assert AdministrativeUnit.objects.with_code("10813") == old
    make_site(new)
    assert AdministrativeUnit.objects.with_code("10813") == new
    assert describe_all(["unit:10813"]) == ["Xã Thanh Hà"]
