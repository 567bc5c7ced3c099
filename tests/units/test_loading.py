"""The real units of 2024 and 2025, and the reform between them."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from sites.units.loading import load_units
from sites.units.models import AdministrativeUnit, Succession

BEFORE = datetime.date(2025, 6, 30)
AFTER = datetime.date(2025, 7, 1)


@pytest.fixture
def loaded(db: None) -> Any:
    return load_units()


def test_every_unit_of_both_years_is_there(loaded: Any) -> None:
    active = AdministrativeUnit.objects.active
    assert Counter(active(BEFORE).values_list("tier", flat=True)) == {
        "province": 63, "district": 696, "commune": 10_051,
    }  # fmt: skip
    assert Counter(active(AFTER).values_list("tier", flat=True)) == {
        "province": 34, "commune": 3_321,
    }  # fmt: skip
    assert loaded.created + loaded.unchanged == 10_810 + 3_355


def test_the_planner_knows_the_rows_at_once(loaded: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_stats WHERE tablename LIKE 'units_%'")
        known = {table for (table,) in cursor.fetchall()}
    assert known == {"units_administrativeunit", "units_succession"}


def test_a_second_load_changes_nothing(loaded: Any) -> None:
    again = load_units()
    assert (again.created, again.updated) == (0, 0)
    assert again.unchanged == loaded.created + loaded.unchanged
    assert again.problems == loaded.problems


def test_every_defect_of_the_data_is_reported(loaded: Any) -> None:
    no_successor = [line for line in loaded.problems if "has no successor" in line]
    unknown = [line for line in loaded.problems if "unknown" in line]
    assert len(no_successor) == 28
    assert unknown


def test_a_changed_row_is_brought_back(loaded: Any) -> None:
    AdministrativeUnit.objects.filter(code="10867", valid_from=None).update(name="Xã Nhầm")
    assert load_units().updated == 1
    assert AdministrativeUnit.objects.get(code="10867", valid_from=None).name == "Xã Thanh Sơn"


def test_successors_lead_from_the_old_to_the_new(loaded: Any) -> None:
    old = AdministrativeUnit.objects.get(code="10867", valid_from=None)
    assert [unit.name for unit in old.successors.all()] == ["Xã Thanh Hà"]
    province = AdministrativeUnit.objects.get(code="30")
    assert [unit.code for unit in province.successors.all()] == ["31"]
    assert Succession.objects.get(old=province).extent == "whole"
    district = AdministrativeUnit.objects.get(code="294")
    assert {unit.tier for unit in district.successors.all()} == {"commune"}


def test_hai_duong_has_the_hosts_that_its_people_expect(loaded: Any) -> None:
    hosts = set(
        AdministrativeUnit.objects.filter(path__startswith="30/").values_list("host", flat=True)
    )
    assert len(hosts) == 220
    assert {"haiduong", "thanhha.haiduong", "thanhson.thanhha.haiduong"} <= hosts
    # Hồng Phong stands three times in the province, in three districts.
    assert len([host for host in hosts if host.startswith("hongphong.")]) == 3
    # Cẩm Giang and Cẩm Giàng, both communes of one province since 2025, fold to one label.
    both = AdministrativeUnit.objects.filter(code__in=["10888", "10903"], valid_from=AFTER)
    assert sorted(both.values_list("host", flat=True)) == [
        "camgiang-10888.haiphong", "camgiang-10903.haiphong",
    ]  # fmt: skip


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_no_two_active_units_share_a_host(loaded: Any, on: Any) -> None:
    hosts = Counter(AdministrativeUnit.objects.active(on).values_list("host", flat=True))
    assert [host for host, times in hosts.items() if times > 1] == []


def test_the_command_prints_one_json_object(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_units", json=True)
    out = capsys.readouterr().out.strip()
    assert set(json.loads(out)) == {"created", "updated", "unchanged", "problems"}
    assert "\n" not in out
