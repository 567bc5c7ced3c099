"""Finding one's commune: by name, by old name, in the list; with a query and without."""

from __future__ import annotations

from typing import Any

import pytest

from sites.units.models import Succession
from tests.conftest import Province, Reader
from tests.factories import make_unit
from tests.themes.reading import part, text_of


@pytest.mark.parametrize("name", ["thanh son", "Thanh Sơn", "xã THANH SƠN", "sơn thanh", "  son "])
def test_a_commune_is_found_with_and_without_accents(
    hai_duong: Province, reader: Reader, name: str
) -> None:
    text = text_of(reader(hai_duong.province).get("/chon-don-vi/", {"ten": name}))
    shown = part(text, "data-units>", "</main>")
    assert "http://thanhson.thanhha.haiduong.localhost:8000/" in shown
    assert "thanhhong" not in shown
    assert "Tìm thấy: 1" in text


def test_a_merged_commune_is_found_by_its_old_name(hai_duong: Province, reader: Reader) -> None:
    old = make_unit("10870", "Thanh Xá", hai_duong.thanh_ha, valid_to="2019-12-01")
    Succession.objects.create(old=old, new=hai_duong.thanh_hong, extent="whole")
    text = text_of(reader(hai_duong.province).get("/chon-don-vi/", {"ten": "thanh xa"}))
    shown = part(text, "data-units>", "</main>")
    assert "http://thanhhong.thanhha.haiduong.localhost:8000/" in shown
    assert "(Xã Thanh Xá)" in shown


@pytest.mark.parametrize("name", ["khong co", "<script>", "a" * 9000, "%00", "'; --"])
def test_a_name_that_is_nobodys_gets_advice(hai_duong: Province, reader: Reader, name: str) -> None:
    answer = reader(hai_duong.thanh_son).get("/chon-don-vi/", {"ten": name})
    assert answer.status_code == 200
    assert "Không có đơn vị nào tên" in text_of(answer)
    assert "<script>" not in part(text_of(answer), "<main", "</main>")


def test_it_is_the_same_list_on_every_level_and_in_english(
    hai_duong: Province, reader: Reader
) -> None:
    for unit in (hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son):
        assert "Xã Hợp Tiến" in text_of(reader(unit).get("/chon-don-vi/"))
    english = text_of(reader(hai_duong.thanh_son).get("/en/chon-don-vi/"))
    assert "Hop Tien Commune" in english
    assert "http://hoptien.namsach.haiduong.localhost:8000/en/" in english


def test_it_costs_one_query(
    hai_duong: Province, reader: Reader, django_assert_max_num_queries: Any
) -> None:
    client = reader(hai_duong.province)
    client.get("/chon-don-vi/")
    with django_assert_max_num_queries(2):  # the version, and urgent notices
        client.get("/chon-don-vi/")
