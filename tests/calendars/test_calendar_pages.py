"""Calendars as readers meet them."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.calendars.models import EventPage
from cms.calendars.queries import next_reception, upcoming
from tests.conftest import Province, Reader
from tests.factories import push
from tests.listed import listed

SECTION = "lich-cong-tac"


def at(day: str, hour: int = 8) -> datetime.datetime:
    moment = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour))
    return timezone.make_aware(moment)


def make_event(unit: Any, title: str, day: str = "2025-06-02", **values: Any) -> EventPage:
    values.setdefault("ends_at", at(day, 10))
    return listed(unit, SECTION, EventPage(title=title, starts_at=at(day), **values))


@pytest.mark.parametrize("view", ["thang", "tuan", "danh-sach"])
def test_each_view_shows_own_and_received_events(
    hai_duong: Province, reader: Reader, view: str
) -> None:
    make_event(hai_duong.thanh_son, "Họp thôn", place_vi="Nhà văn hóa")
    pushed = make_event(hai_duong.province, "Tiếp dân của tỉnh", kind="reception")
    make_event(hai_duong.thanh_hong, "Họp nơi khác")
    push(pushed, "under:30")
    client = reader(hai_duong.thanh_son)
    answer = client.get(f"/{SECTION}/?dang={view}&ngay=2025-06-02").content.decode()
    assert "Họp thôn" in answer
    assert f"/{SECTION}/{pushed.slug}~{pushed.pk}/" in answer
    assert "Họp nơi khác" not in answer


def test_a_province_sees_all_units_below_or_one(hai_duong: Province, reader: Reader) -> None:
    make_event(hai_duong.thanh_son, "Họp Thanh Sơn")
    make_event(hai_duong.hop_tien, "Họp Hợp Tiến")
    make_event(hai_duong.province, "Họp tỉnh")
    make_event(hai_duong.hop_tien, "Bản nháp", live=False)
    client = reader(hai_duong.province)
    address = f"/{SECTION}/?dang=tuan&ngay=2025-06-02"
    every = client.get(f"{address}&don-vi=30").content.decode()
    assert all(title in every for title in ("Họp Thanh Sơn", "Họp Hợp Tiến", "Họp tỉnh"))
    assert "Bản nháp" not in every
    some = client.get(f"{address}&don-vi=294").content.decode()
    assert "Họp Thanh Sơn" in some
    assert "Họp Hợp Tiến" not in some
    assert hai_duong.thanh_son.hostname in some


def test_a_district_cannot_be_asked_for_another_ones_units(
    hai_duong: Province, reader: Reader
) -> None:
    answer = reader(hai_duong.nam_sach).get(f"/{SECTION}/?don-vi=10867")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "query",
    ["dang=nam", "ngay=2025-13-01", "ngay=1944-12-31", "ngay=2101-01-01", "ngay=x", "loai=khac",
     "don-vi=999", "don-vi=" + "9" * 5000, "ngay=0000-00-00", "ngay=9999-12-31"],
)  # fmt: skip
def test_what_no_calendar_has_is_not_found(hai_duong: Province, reader: Reader, query: str) -> None:
    assert reader(hai_duong.province).get(f"/{SECTION}/?{query}").status_code == 404


@pytest.mark.parametrize("day", ["1945-01-01", "2100-12-31"])
@pytest.mark.parametrize("view", ["thang", "tuan", "danh-sach"])
def test_the_first_and_the_last_day_hold(
    hai_duong: Province, reader: Reader, day: str, view: str
) -> None:
    make_event(hai_duong.thanh_son, "Chuỗi dài", "1945-09-02", repeats="weekly")
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/?dang={view}&ngay={day}")
    assert answer.status_code == 200
    assert "1944-" not in answer.content.decode()
    assert "ngay=2101" not in answer.content.decode()


def test_a_calendar_costs_the_same_queries_whatever_it_holds(
    hai_duong: Province, reader: Reader
) -> None:
    client = reader(hai_duong.province)
    address = f"/{SECTION}/?don-vi=30&ngay=2025-06-02"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    make_event(hai_duong.province, "Họp", repeats="weekly")
    queries()
    few = queries()
    for number in range(12):
        make_event(hai_duong.thanh_son, f"Họp {number}", repeats="weekly")
    assert queries() == few
    assert few <= 15


def test_many_events_in_a_day_lead_to_the_list(hai_duong: Province, reader: Reader) -> None:
    for number in range(9):
        make_event(hai_duong.thanh_son, f"Cuộc họp {number}")
    client = reader(hai_duong.thanh_son)
    month = client.get(f"/{SECTION}/?ngay=2025-06-02").content.decode()
    assert "Cuộc họp 0" in month
    assert "Cuộc họp 8" not in month
    listing = client.get(f"/{SECTION}/?dang=danh-sach&ngay=2025-06-02").content.decode()
    assert "Cuộc họp 8" in listing


def test_the_calendar_file_is_valid_and_complete(hai_duong: Province, reader: Reader) -> None:
    today = timezone.localdate()
    make_event(
        hai_duong.thanh_son, "Tiếp công dân; thứ Ba, " + "rất dài " * 20, "2025-01-07",
        repeats="weekly", kind="reception", place_vi="Phòng 1, trụ sở",
        skipped=[("day", {"date": datetime.date(2025, 1, 14), "reason": "Nghỉ"})],
    )  # fmt: skip
    make_event(hai_duong.thanh_son, "Ngày hội", today.isoformat(), all_day=True, ends_at=None)
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/lich.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    series, whole = calendar.walk("VEVENT")
    if "RRULE" not in series:
        series, whole = whole, series
    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY"
    assert series["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert series["EXDATE"].dts[0].dt.date() == datetime.date(2025, 1, 14)
    assert str(series["SUMMARY"]).startswith("Tiếp công dân; thứ Ba, rất dài")
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (today, today + datetime.timedelta(days=1))


def test_one_event_is_a_file_too_also_where_it_was_received(
    hai_duong: Province, reader: Reader
) -> None:
    page = make_event(hai_duong.province, "Họp tỉnh", "2025-06-02")
    push(page, "under:30")
    path = f"/{SECTION}/{page.slug}~{page.pk}/?dang=ics"
    answer = reader(hai_duong.thanh_son).get(path)
    assert "attachment" in answer["Content-Disposition"]
    assert len(icalendar.Calendar.from_ical(answer.content).walk("VEVENT")) == 1


def test_what_the_home_page_asks(
    hai_duong: Province, rf: Any, django_assert_max_num_queries: Any
) -> None:
    today = timezone.localdate()
    unit = hai_duong.thanh_son
    tomorrow = (today + datetime.timedelta(days=1)).isoformat()
    make_event(unit, "Đã qua", (today - datetime.timedelta(days=3)).isoformat())
    reception = make_event(unit, "Tiếp công dân", tomorrow, kind="reception")
    request = rf.get("/")
    upcoming(request, unit, 5)  # reads what every request reads: hosts and sections
    with django_assert_max_num_queries(3):
        found = upcoming(request, unit, 5)
    assert [item.event.title for item in found] == ["Tiếp công dân"]
    with django_assert_max_num_queries(1):
        coming = next_reception(unit)
    assert coming is not None
    assert coming.event.pk == reception.pk
    card = reception.answer()
    assert card is not None
    assert "8:00 – 10:00" in card.rows[0][1]
    assert card.until == reception.ends_at


def test_an_event_that_is_over_answers_nothing(hai_duong: Province, reader: Reader) -> None:
    page = make_event(hai_duong.thanh_son, "Đã xong", "1945-09-02")
    assert page.answer() is None
    html = reader(hai_duong.thanh_son).get(f"/{SECTION}/{page.slug}/").content.decode()
    assert "Đã xong" in html
    assert page.structured_data("https://x/")[0]["startDate"].startswith("1945-09-02")
