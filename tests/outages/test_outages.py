"""Planned outages: announced in time, by the right people, shown on every affected site."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.outages.actions import AnnounceOutageAction, TooLateError, earliest_start
from cms.outages.models import PlannedOutage
from cms.workdays import is_working_day
from sites.people.models import Role
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, Reader, SignedIn
from tests.factories import make_person
from tests.themes.reading import text_of

DAY = datetime.timedelta(days=1)


def outage(unit: AdministrativeUnit, start: datetime.datetime, **values: Any) -> PlannedOutage:
    """An announcement that is not stored yet, for six hours."""
    values.setdefault("ends_at", start + datetime.timedelta(hours=6))
    values.setdefault("reason_vi", "bảo trì máy chủ")
    values.setdefault("contact", "0220 3812 345")
    return PlannedOutage(unit=unit, starts_at=start, **values)


def in_time() -> datetime.datetime:
    """Midnight of the first day on which an outage may start that is announced today."""
    day = earliest_start(timezone.localdate())
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


# ------------------------------------------------------------------------------------ the calendar


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),  # a Monday
        ("2026-11-22", False),  # a Sunday
        ("2026-09-02", False),  # Quốc khánh
        ("2026-02-18", False),  # Tết Bính Ngọ
        ("2026-04-27", False),  # instead of Giỗ Tổ on a Sunday
        ("2023-01-02", False),  # instead of New Year's Day on a Sunday
        ("2033-05-02", False),  # instead of 30 April 2033 (Saturday)
        ("2033-05-04", True),
    ],
)
def test_days_off_are_weekends_and_holidays(day: str, works: bool) -> None:
    assert is_working_day(datetime.date.fromisoformat(day)) is works


def test_the_day_of_the_announcement_does_not_count() -> None:
    monday = datetime.date(2026, 11, 2)
    # 3, 4, 5, 6, 9, 10, 11 November pass; the outage may start on the 12th.
    assert earliest_start(monday) == datetime.date(2026, 11, 12)
    assert earliest_start(datetime.date(2026, 2, 10)) == datetime.date(2026, 2, 27)


# -------------------------------------------------------------------------------------- announcing


def test_too_late_is_refused_with_the_earliest_day_and_in_time_is_not(
    hai_duong: Province,
) -> None:
    early = outage(hai_duong.thanh_ha, in_time() - datetime.timedelta(minutes=1))
    with pytest.raises(TooLateError) as refused:
        AnnounceOutageAction(early).execute()
    sentence = refused.value.messages[0]
    assert f"{in_time():%d/%m/%Y}".lstrip("0")[-8:] in sentence
    assert "224/2026" in sentence
    AnnounceOutageAction(outage(hai_duong.thanh_ha, in_time())).execute()
    assert PlannedOutage.objects.count() == 1


def test_a_sudden_one_needs_its_reason(hai_duong: Province) -> None:
    soon = timezone.now() + datetime.timedelta(hours=2)
    with pytest.raises(ValidationError) as refused:
        AnnounceOutageAction(outage(hai_duong.thanh_ha, soon, is_sudden=True)).execute()
    assert "sudden_reason" in refused.value.message_dict
    told = outage(hai_duong.thanh_ha, soon, is_sudden=True, sudden_reason="Mất điện trạm chính")
    AnnounceOutageAction(told).execute()


@pytest.mark.parametrize("hours", [0, -1, 24 * 15])
def test_periods_that_make_no_sense_are_refused(hai_duong: Province, hours: int) -> None:
    wrong = outage(
        hai_duong.thanh_ha, in_time(), ends_at=in_time() + datetime.timedelta(hours=hours)
    )
    with pytest.raises(ValidationError) as refused:
        AnnounceOutageAction(wrong).execute()
    assert "ends_at" in refused.value.message_dict


def test_it_can_be_shortened_later_but_not_moved_forward(hai_duong: Province) -> None:
    stored = AnnounceOutageAction(outage(hai_duong.thanh_ha, in_time())).execute()
    PlannedOutage.objects.update(starts_at=timezone.now() + DAY, ends_at=timezone.now() + 2 * DAY)
    stored.refresh_from_db()
    stored.ends_at -= datetime.timedelta(hours=3)
    AnnounceOutageAction(stored).execute()
    stored.starts_at -= datetime.timedelta(hours=3)
    with pytest.raises(TooLateError):
        AnnounceOutageAction(stored).execute()


def test_only_administrators_of_the_unit_announce(hai_duong: Province) -> None:
    foreign = make_person(hai_duong.thanh_hong, Role.ADMINISTRATOR)
    editor = make_person(hai_duong.thanh_son, Role.EDITOR)
    for person in (foreign, editor):
        with pytest.raises(PermissionDenied):
            AnnounceOutageAction(outage(hai_duong.thanh_son, in_time()), person).execute()
    own = make_person(hai_duong.thanh_son, Role.ADMINISTRATOR)
    made = AnnounceOutageAction(outage(hai_duong.thanh_son, in_time()), own).execute()
    assert made.announced_by == own


# --------------------------------------------------------------------------------------- the banner


def test_every_affected_site_shows_it_from_the_announcement_to_the_end(
    hai_duong: Province, reader: Reader
) -> None:
    stored = outage(hai_duong.thanh_ha, in_time(), covers_below=True, reason_en="maintenance")
    AnnounceOutageAction(stored).execute()
    for unit in (hai_duong.thanh_ha, hai_duong.thanh_son):
        text = text_of(reader(unit).get("/"))
        assert "bảo trì máy chủ" in text
        assert "0220 3812 345" in text
        end = timezone.localtime(stored.ends_at)
        assert f"{end:%H:%M} " in text
    assert "maintenance" in text_of(reader(hai_duong.thanh_son).get("/en/"))
    for unit in (hai_duong.province, hai_duong.nam_sach):
        assert "bảo trì máy chủ" not in text_of(reader(unit).get("/"))
    PlannedOutage.objects.update(
        starts_at=timezone.now() - DAY, ends_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    assert "bảo trì máy chủ" not in text_of(reader(hai_duong.thanh_son).get("/"))


def test_withdrawn_announcements_disappear_at_once(hai_duong: Province, reader: Reader) -> None:
    AnnounceOutageAction(outage(hai_duong.thanh_son, in_time())).execute()
    assert "bảo trì" in text_of(reader(hai_duong.thanh_son).get("/"))
    PlannedOutage.objects.all().delete()
    assert "bảo trì" not in text_of(reader(hai_duong.thanh_son).get("/"))


def test_the_banner_costs_no_query(hai_duong: Province, reader: Reader) -> None:
    AnnounceOutageAction(outage(hai_duong.thanh_son, in_time())).execute()
    client = reader(hai_duong.thanh_son)
    client.get("/tin-tuc/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/tin-tuc/")
    assert not any("outages" in query["sql"] for query in captured.captured_queries)


# --------------------------------------------------------------------------------------- the screen


def test_administrators_announce_on_their_screen_and_are_told_what_is_wrong(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    start = timezone.localtime(in_time())
    form = {
        "unit": hai_duong.thanh_son.pk, "starts_at": f"{timezone.now() + DAY:%Y-%m-%d %H:%M}",
        "ends_at": f"{start + DAY / 4:%Y-%m-%d %H:%M}", "reason_vi": "nâng cấp",
        "reason_en": "", "contact": "0220", "sudden_reason": "",
    }  # fmt: skip
    answer = client.post("/outages/new/", form)
    assert answer.status_code == 200
    assert "224/2026" in text_of(answer)
    form["starts_at"] = f"{start:%Y-%m-%d %H:%M}"
    assert client.post("/outages/new/", form).status_code == 302
    made = PlannedOutage.objects.get()
    assert made.unit == hai_duong.thanh_son
    assert "nâng cấp" in text_of(client.get("/outages/"))


def test_others_outages_are_neither_seen_nor_changed(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    theirs = AnnounceOutageAction(
        outage(hai_duong.thanh_hong, in_time(), reason_vi="ZXQ của xã khác")
    ).execute()
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    assert "ZXQ" not in text_of(client.get("/outages/"))
    for path in (f"/outages/edit/{theirs.pk}/", f"/outages/delete/{theirs.pk}/"):
        for answer in (client.get(path), client.post(path, {"contact": "CHIẾM"})):
            assert answer.status_code in (302, 403, 404)
            assert b"ZXQ" not in answer.content
    theirs.refresh_from_db()
    assert theirs.contact == "0220 3812 345"
    editor = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    assert editor.get("/outages/").status_code in (302, 403)
