"""Places: by kind, with festivals in the lunar calendar."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.places.festivals import next_festival
from cms.places.models import PlacePage
from cms.places.queries import places
from tests.conftest import Province, Reader
from tests.factories import push
from tests.listed import listed
from tests.themes.pictures import make_image

SECTION = "di-tich-danh-thang"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-10-01", ("2025-10-07", "2025-10-11")),
        ("2025-10-11", ("2025-10-07", "2025-10-11")),
        ("2025-10-12", ("2026-09-26", "2026-09-30")),
        ("1945-09-02", ("1945-09-21", "1945-09-25")),
    ],
)
def test_the_next_festival(today: str, expected: tuple[str, str]) -> None:
    found = next_festival(8, 16, 20, datetime.date.fromisoformat(today))
    assert found == tuple(map(datetime.date.fromisoformat, expected))


def test_no_festival_beyond_the_computed_years() -> None:
    assert next_festival(1, 1, None, datetime.date(2100, 5, 1)) is None


def test_places_stand_by_kind_and_can_be_filtered(hai_duong: Province, reader: Reader) -> None:
    unit = hai_duong.province
    listed(unit, SECTION, PlacePage(title="Đền Tranh", kind="monument", rank="national"))
    listed(unit, SECTION, PlacePage(title="Bánh gai", kind="product"))
    client = reader(unit)
    every = client.get(f"/{SECTION}/").content.decode()
    assert every.index("Đền Tranh") < every.index("Bánh gai")
    some = client.get(f"/{SECTION}/?loai=san-vat").content.decode()
    assert "Đền Tranh" not in some
    assert client.get(f"/{SECTION}/?loai=khac").status_code == 404


def test_a_place_tells_where_when_and_by_whom(
    hai_duong: Province, reader: Reader, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    unit = hai_duong.province
    place = PlacePage(
        title="Côn Sơn – Kiếp Bạc", rank="special", recognised_in=2012,
        recognised_by_vi="Thủ tướng Chính phủ", address_vi="Chí Linh", lunar_month=8,
        lunar_first_day=16, lunar_last_day=20, image=make_image(unit, "temple"),
        latitude=Decimal("21.15"), longitude=Decimal("106.4"),
    )  # fmt: skip
    page = listed(unit, SECTION, place)
    push(page, "under:30")
    address = f"/{SECTION}/{page.slug}~{page.pk}/"
    html = reader(hai_duong.thanh_son).get(address).content.decode()
    for words in ("16–20/8", "(2012)", "Thủ tướng Chính phủ", "mlat=21.15"):
        assert words in html
    assert page.structured_data("https://x/")[0]["geo"]["latitude"] == 21.15
    assert [found.pk for found in places(unit, 3)] == [page.pk]


@pytest.mark.parametrize(
    "values",
    [{"latitude": Decimal(21)}, {"lunar_month": 8}, {"lunar_month": 8, "lunar_first_day": 20,
      "lunar_last_day": 16}, {"lunar_month": 13, "lunar_first_day": 1}],
)  # fmt: skip
def test_half_given_facts_are_refused(hai_duong: Province, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        listed(hai_duong.province, SECTION, PlacePage(title="X", **values))


def test_titles_of_any_shape_hold(hai_duong: Province, reader: Reader) -> None:
    page = listed(hai_duong.province, SECTION, PlacePage(title="Di" + "ii" * 120))
    client = reader(hai_duong.province)
    assert client.get(f"/{SECTION}/").status_code == 200
    assert client.get(f"/{SECTION}/{page.slug}/").status_code == 200
