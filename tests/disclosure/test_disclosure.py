"""Disclosure: the groups, what is still due, personal data."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.disclosure.checklist import State, duties_of
from cms.disclosure.models import DisclosureGroup
from cms.disclosure.personal import identity_numbers, phone_numbers
from cms.workdays import working_day_after
from sites.people.models import Role
from tests.conftest import Province, Reader, SignedIn
from tests.documents.factories import path_of
from tests.factories import make_person
from tests.papers import make_disclosed

TODAY = datetime.date(2025, 8, 20)


def test_the_law_has_fourteen_groups_for_communes(hai_duong: Province, reader: Reader) -> None:
    groups = [g for g in DisclosureGroup.objects.all() if "commune" in g.tiers]
    assert [group.number for group in groups] == list(range(1, 15))
    make_disclosed(hai_duong.thanh_son, title="Ngân sách quý II")
    page = reader(hai_duong.thanh_son).get("/cong-khai/").content.decode()
    assert all(group.name in page for group in groups)
    assert "1 trên 14 nhóm đã có thông tin" in page
    assert page.count(">Chưa có<") == 13
    page = reader(hai_duong.thanh_son).get("/cong-khai/?nhom=ngan-sach").content.decode()
    assert "Ngân sách quý II" in page
    assert reader(hai_duong.thanh_son).get("/cong-khai/?nhom=tt-van-ban").status_code == 404


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2025-08-20", 5, "2025-08-27"),
        ("2025-08-22", 1, "2025-08-25"),
        ("2025-08-23", 0, "2025-08-23"),
        ("2025-03-31", 5, "2025-04-08"),  # Giỗ Tổ on 7 April
        ("2025-01-24", 1, "2025-02-03"),  # Tết Ất Tỵ
    ],
)
def test_working_days(day: str, count: int, expected: str) -> None:
    first, last = datetime.date.fromisoformat(day), datetime.date.fromisoformat(expected)
    assert working_day_after(first, count) == last


def test_the_checklist_tells_what_is_due_overdue_and_done(hai_duong: Province) -> None:
    unit = hai_duong.thanh_son
    page = make_disclosed(unit, period_year=2025, period_quarter=1)
    type(page).objects.filter(pk=page.pk).update(
        first_published_at=datetime.datetime(2025, 4, 10, tzinfo=datetime.UTC),
        public_at=datetime.datetime(2025, 4, 10, tzinfo=datetime.UTC),
    )
    states = {
        duty.period: duty.state for duty in duties_of(unit, TODAY) if duty.group.code == "ngan-sach"
    }
    assert states == {
        "Quý I/2025": State.DONE, "Quý II/2025": State.OVERDUE,
        "Quý IV/2024": State.OVERDUE, "Quý III/2024": State.OVERDUE,
    }  # fmt: skip
    just_after = duties_of(unit, datetime.date(2025, 7, 3))
    assert next(d for d in just_after if d.period == "Quý II/2025").state is State.DUE
    assert [d.state for d in duties_of(unit, TODAY) if d.group.code == "thu-tuc"] == [State.NEVER]


def test_an_item_that_came_late_is_told(hai_duong: Province) -> None:
    known = datetime.date(2024, 1, 2)
    make_disclosed(hai_duong.thanh_son, "thu-tuc", known_on=known)
    duty = next(d for d in duties_of(hai_duong.thanh_son, TODAY) if d.group.code == "thu-tuc")
    assert duty.state is State.LATE
    assert duty.due_on == datetime.date(2024, 1, 9)


def test_the_report_shows_own_units_only(hai_duong: Province, signed_in: SignedIn) -> None:
    make_disclosed(hai_duong.thanh_hong, title="ZXQ của xã khác")
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    page = client.get("/reports/cong-khai/").content.decode()
    assert "Xã Thanh Sơn" in page
    assert "ZXQ" not in page
    answer = client.get("/reports/cong-khai/", {"don-vi": hai_duong.thanh_hong.code}, follow=True)
    assert "ZXQ" not in answer.content.decode()
    chief = signed_in(make_person(None))
    answer = chief.get("/reports/cong-khai/", {"don-vi": hai_duong.thanh_hong.code})
    assert "ZXQ" in answer.content.decode()


@pytest.mark.parametrize(
    ("group", "text", "is_refused"),
    [
        ("ngan-sach", "Ông A, CCCD 030085001234", True),
        ("ngan-sach", "Ông A, số 030 085 001 234", True),
        ("ngan-sach", "Liên hệ 0912 345 678", False),
        ("chinh-sach-xa-hoi", "Bà B, điện thoại 0912.345.678", True),
        ("chinh-sach-xa-hoi", "Có 12 hộ nghèo, kinh phí 120.000.000 đồng", False),
        ("ngan-sach", "Tổng thu 123.456.789.012 đồng", False),
    ],
)
def test_personal_numbers_have_to_be_confirmed(
    hai_duong: Province, group: str, text: str, is_refused: bool
) -> None:
    if is_refused:
        with pytest.raises(ValidationError):
            make_disclosed(hai_duong.thanh_son, group, text)
        make_disclosed(hai_duong.thanh_son, group, text, personal_data_checked=True)
    else:
        make_disclosed(hai_duong.thanh_son, group, text)


def test_numbers_of_people_are_told_from_others() -> None:
    assert identity_numbers("số 030085001234, tài khoản 1030085001234") == ["030085001234"]
    assert phone_numbers("+84912345678; 02203000030; 0812345678") == ["+84912345678", "0812345678"]


def test_lists_of_persons_expire_and_stay_out_of_search_engines(
    hai_duong: Province, reader: Reader
) -> None:
    personal = make_disclosed(hai_duong.thanh_son, "nghia-vu-quan-su", title="Danh sách khám")
    assert personal.expire_at
    page = reader(hai_duong.thanh_son).get(path_of(personal)).content.decode()
    assert '<meta name="robots" content="noindex' in page
    other = make_disclosed(hai_duong.thanh_son)
    assert other.expire_at is None
    assert "noindex" not in reader(hai_duong.thanh_son).get(path_of(other)).content.decode()


def test_posting_at_the_office_lasts_thirty_days(hai_duong: Province) -> None:
    first = datetime.date(2025, 5, 1)
    with pytest.raises(ValidationError):
        make_disclosed(
            hai_duong.thanh_son, on_board=True, posted_from=first,
            posted_until=first + datetime.timedelta(days=29),
        )  # fmt: skip
    make_disclosed(
        hai_duong.thanh_son, on_board=True, posted_from=first,
        posted_until=first + datetime.timedelta(days=30),
    )  # fmt: skip
