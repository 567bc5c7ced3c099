"""Notices: deadlines, expiry, and the urgent ones above everything."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.notices.queries import open_notices, urgent_for
from sites.distribution.actions import DecideAction
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, Reader
from tests.documents.factories import path_of
from tests.factories import push
from tests.papers import make_notice


def in_days(days: float) -> datetime.datetime:
    """A moment some days from now."""
    return timezone.now() + datetime.timedelta(days=days)


def urgent(unit: AdministrativeUnit) -> list[str]:
    """Titles of what stands above everything on a unit's site."""
    return [notice.page.title for notice in urgent_for(RequestFactory().get("/"), unit)]


@pytest.mark.parametrize(
    ("days", "left", "state"),
    [
        (12.0, "còn 12 ngày", "con-han"),
        (2.0, "còn 2 ngày", "sap-het"),
        (-1.0, "đã hết hạn", "het-han"),
    ],
)
def test_a_notice_says_how_many_days_are_left(
    hai_duong: Province, days: float, left: str, state: str
) -> None:
    notice = make_notice(hai_duong.thanh_son, deadline=in_days(days), expire_at=in_days(50))
    assert notice.left == left
    assert notice.left_state == state
    assert (notice.answer() is None) == (days < 0)


def test_the_expiry_follows_from_the_deadline_unless_given(hai_duong: Province) -> None:
    deadline = in_days(5)
    after = {
        kind: make_notice(hai_duong.thanh_son, kind=kind, deadline=deadline).expire_at
        for kind in ("tam-ngung", "canh-bao", "moi-thau")
    }
    assert after["tam-ngung"] == deadline + datetime.timedelta(days=3)
    assert after["canh-bao"] == deadline + datetime.timedelta(days=7)
    assert after["moi-thau"] is None
    own = make_notice(
        hai_duong.thanh_son, kind="canh-bao", deadline=deadline, expire_at=in_days(30)
    )
    assert own.expire_at
    assert own.expire_at > deadline + datetime.timedelta(days=20)


@pytest.mark.parametrize(
    "values",
    [
        {"begins_at": in_days(2), "deadline": in_days(1)},
        {"urgent_until": in_days(40)},
    ],
)
def test_times_that_make_no_sense_are_refused(hai_duong: Province, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_notice(hai_duong.thanh_son, **values)


def test_urgent_notices_reach_lower_sites_only_when_mandatory(hai_duong: Province) -> None:
    make_notice(hai_duong.thanh_son, "Của xã", urgent_until=in_days(1))
    must = make_notice(hai_duong.province, "Của tỉnh", urgent_until=in_days(1))
    may = make_notice(hai_duong.thanh_ha, "Của huyện", urgent_until=in_days(1))
    make_notice(hai_duong.province, "Đã qua", urgent_until=in_days(-1))
    draft = make_notice(hai_duong.province, "Gỡ rồi", urgent_until=in_days(1))
    draft.unpublish()
    distribution = push(must, "under:30", policy="mandatory")
    push(may, "under:294")
    assert set(urgent(hai_duong.thanh_son)) == {"Của xã", "Của tỉnh"}
    assert urgent(hai_duong.hop_tien) == ["Của tỉnh"]
    assert set(urgent(hai_duong.thanh_ha)) == {"Của tỉnh", "Của huyện"}
    with pytest.raises(ValidationError):
        DecideAction(distribution, hai_duong.hop_tien, "hidden").execute()


def test_nothing_urgent_costs_one_query(hai_duong: Province) -> None:
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as queries:
        assert urgent_for(request, hai_duong.thanh_son) == []
    assert len(queries) == 1


def test_the_list_filters_by_kind_and_deadline(hai_duong: Province, reader: Reader) -> None:
    make_notice(hai_duong.thanh_son, "Còn", kind="moi-thau", deadline=in_days(3))
    make_notice(hai_duong.thanh_son, "Hết", kind="moi-thau", deadline=in_days(-3))
    make_notice(hai_duong.thanh_son, "Khác")
    client = reader(hai_duong.thanh_son)

    def titles(query: str) -> set[str]:
        page = client.get(f"/thong-bao/?{query}").content.decode()
        return {title for title in ("Còn", "Hết", "Khác") if f">{title}</a>" in page}

    assert titles("") == {"Còn", "Hết", "Khác"}
    assert titles("loai=moi-thau") == {"Còn", "Hết"}
    assert titles("han=con") == {"Còn", "Khác"}
    assert titles("han=het") == {"Hết"}
    assert titles("loai=x&han=y") == set()
    whole, bids = (client.get(f"/thong-bao/?{q}").content.decode() for q in ("", "loai=moi-thau"))
    for option in ("Mời thầu (2)<", "Thông báo (1)<", "Còn hạn (2)<", "Đã hết hạn (1)<"):
        assert option in whole, option
    for option in ("Mời thầu (2)<", "Thông báo<", "Còn hạn (1)<", "Đã hết hạn (1)<"):
        assert option in bids, option


def test_open_notices_for_other_pages(hai_duong: Province) -> None:
    make_notice(hai_duong.thanh_son, "Còn", deadline=in_days(3))
    make_notice(hai_duong.thanh_son, "Hết", deadline=in_days(-3))
    found = open_notices(RequestFactory().get("/"), hai_duong.thanh_son)
    assert [item.page.title for item in found] == ["Còn"]


def test_the_page_of_a_notice(hai_duong: Province, reader: Reader) -> None:
    notice = make_notice(
        hai_duong.thanh_son, deadline=in_days(4), place_vi="Nhà văn hóa", contact_vi="Văn phòng"
    )
    page = reader(hai_duong.thanh_son).get(path_of(notice)).content.decode()
    for text in ("Nhà văn hóa", "Văn phòng", "Còn 4 ngày"):
        assert text in page
