"""Whatever units are called, no two of them that exist at one time share a host."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sites.units.hostnames import RESERVED_LABELS, assign_hosts
from sites.units.models import AdministrativeUnit, Kind, Tier

NAMES = ["Thanh Hà", "Thành Hà", "Thánh Hạ", "Sa Pa", "Sa Pả", "Quản trị", "Đồng Lạc", "Số 1", "?!"]
LABEL = re.compile(r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
communes = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([Kind.XA, Kind.PHUONG, Kind.THI_TRAN])),
    min_size=1,
    max_size=25,
)


class HostnameProperty(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(first=communes, later=communes)
    def test_hosts_are_unique_valid_and_stay(self, first: Any, later: Any) -> None:
        AdministrativeUnit.objects.all().delete()
        province = AdministrativeUnit.objects.create(
            code="30", kind=Kind.TINH, tier=Tier.PROVINCE, short_name="Hải Dương", name="Tỉnh"
        )
        kept = self.add(province, first, 0)
        before = {unit.pk: unit.host for unit in kept}
        self.add(province, later, len(first))

        units = list(AdministrativeUnit.objects.all())
        assert len({unit.host for unit in units}) == len(units)
        assert {unit.pk: unit.host for unit in units if unit.pk in before} == before
        for unit in units:
            assert LABEL.match(unit.label), unit.label
            assert unit.label not in RESERVED_LABELS

    def add(self, province: Any, names: Any, start: int) -> Any:
        """Insert in bulk, as loading does."""
        units = [
            AdministrativeUnit(
                code=f"{10000 + start + n}", kind=kind, tier=Tier.COMMUNE, parent=province,
                short_name=name, name=name, path=f"30/{10000 + start + n}/",
            )
            for n, (name, kind) in enumerate(names)
        ]  # fmt: skip
        assign_hosts(units)
        return AdministrativeUnit.objects.bulk_create(units)
