"""Questions about what became of a unit: answered from the dated units, or not at all."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from search.index.requests import SearchRequest
from search.index.service import search
from search.pages.answers import answer_for
from search.pages.cards import Card
from sites.units.models import AdministrativeUnit, Succession
from tests.conftest import Province
from tests.factories import make_site, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]

MERGED = datetime.date(2024, 12, 1)
REFORM = datetime.date(2025, 7, 1)


@pytest.fixture
def merged(hai_duong: Province) -> Province:
    """Three levels: the commune Thanh Xá has gone into Thanh Sơn, which has a site."""
    gone = make_unit("10870", "Thanh Xá", hai_duong.thanh_ha, valid_to=MERGED)
    Succession.objects.create(old=gone, new=hai_duong.thanh_son, extent="whole")
    return hai_duong


@pytest.fixture
def reformed(db: Any) -> AdministrativeUnit:
    """Two levels: the commune Hà Bắc of Hải Phòng was made of two of Hải Dương, whose district
    is gone; only the new units have sites."""
    old_province = make_unit("30", "Hải Dương", valid_to=REFORM)
    district = make_unit("294", "Thanh Hà", old_province, valid_to=REFORM)
    city = make_unit("31", "Hải Phòng", kind="thanh-pho")
    new = make_unit("10816", "Hà Bắc", city, valid_from=REFORM)
    west = make_unit("10843", "Hà Tây", city, valid_from=REFORM)
    for code, name in (("10822", "Cẩm Việt"), ("10825", "Tân Việt")):
        old = make_unit(code, name, district, valid_to=REFORM)
        Succession.objects.create(old=old, new=new, extent="whole")
    for one in (new, west):
        Succession.objects.create(old=district, new=one, extent="part")
    make_site(city, new, west)
    return new


def ask(text: str, unit: AdministrativeUnit) -> Card | None:
    """The answer to a search."""
    request = SearchRequest(text, unit=unit)
    return answer_for(request, search(request))


@pytest.mark.parametrize(
    "text",
    [
        "xã Thanh Xá cũ",
        "xa thanh xa cu",
        "xã cũ Thanh Xá",
        "Thanh Xá cũ",
        "x. Thanh Xá cũ",
        "địa chỉ UBND xã Thanh Xá cũ",
        "xã Thanh Xá nay là xã nào",
        "xa thanh xa nay la xa nao?",
        "Xã Thanh Xá bây giờ là xã gì",
        "xã Thanh Xá hiện nay là xã nào",
        "xã Thanh Xá sáp nhập vào đâu",
        "xa thanh xa sap nhap vao dau",
        "xã Thanh Xá sát nhập với xã nào",
        "xã Thanh Xá đã được nhập vào xã nào",
        "sáp nhập xã Thanh Xá",
        "xã Thanh Xá sau sáp nhập tên là gì",
        "xã Thanh Xá đổi tên thành gì",
        "xã Thanh Xá đổi tên",
        "xã Thanh Xá thuộc huyện nào",
        "xa thanh xa thuoc huyen nao",
        "xã Thanh Xá trước đây thuộc huyện nào",
        "xã Thanh Xá thuộc huyện nào trước đây",
        "xã Thanh Xá trực thuộc đâu",
        "xã Thanh Xá còn không",
        "xã Thanh Xá có còn tồn tại không",
        "XÃ THANH XÁ ĐÃ GIẢI THỂ CHƯA",
        "former Thanh Xa commune",
        "what happened to Thanh Xa Commune",
    ],
)
def test_every_wording_says_what_became_of_a_commune(merged: Province, text: str) -> None:
    card = ask(text, merged.hop_tien)
    assert card is not None
    assert card.title == "Xã Thanh Sơn"
    assert card.url == "http://thanhson.thanhha.haiduong.localhost:8000/"
    assert card.note == (
        "Xã Thanh Xá thuộc huyện Thanh Hà, tỉnh Hải Dương đến hết ngày 30/11/2024. "
        "Xã Thanh Xá đã nhập vào xã Thanh Sơn (huyện Thanh Hà) từ ngày 01/12/2024."
    )


@pytest.mark.parametrize(
    "text",
    [
        "trụ sở cũ xã Thanh Xá",
        "nhà văn hóa xã Thanh Xá cũ",
        "chợ xã Thanh Xá còn không",
        "sổ đỏ xã Thanh Xá cũ",
        "xã Thanh Xá cư",
        "xã Thanh Xá thuộc",
        "xã Thanh Xá thuộc diện nào",
        "lễ công bố sáp nhập xã Thanh Xá",
        "xã Thanh Xá đổi giờ làm việc",
        "cán bộ xã Thanh Xá sau sáp nhập",
        "xã Thanh Xà cũ",
        "xã Thanh cũ",
        "xã cũ",
        "xã nào sáp nhập",
        "sáp nhập xã",
        "huyện còn không",
        "danh sách xã sáp nhập",
        '"xã Thanh Xá cũ"',
        "xã Thanh Xá -cũ lịch",
    ],
)
def test_other_questions_get_no_card(merged: Province, text: str) -> None:
    assert ask(text, merged.hop_tien) is None


def test_a_unit_that_exists_says_where_it_belongs(merged: Province) -> None:
    card = ask("xã Thanh Hồng thuộc huyện nào", merged.hop_tien)
    assert card is not None
    assert card.note == "Xã Thanh Hồng thuộc huyện Thanh Hà, tỉnh Hải Dương."
    district = ask("huyen thanh ha con khong", merged.hop_tien)
    assert district is not None
    assert district.note == "Huyện Thanh Hà thuộc tỉnh Hải Dương."
    province = ask("tỉnh Hải Dương còn không", merged.hop_tien)
    assert province is not None
    assert province.note == "Tỉnh Hải Dương vẫn tồn tại."


def test_a_unit_says_of_which_it_was_made(merged: Province) -> None:
    card = ask("xã Thanh Sơn mới gồm những xã nào", merged.hop_tien)
    assert card is not None
    assert card.note.endswith("Xã Thanh Sơn được thành lập từ xã Thanh Xá (huyện Thanh Hà).")


@pytest.mark.parametrize("text", ["xã Cẩm Việt nay là xã nào", "xa cam viet thuoc huyen nao"])
def test_after_the_reform_an_old_commune_leads_to_the_new_one(
    reformed: AdministrativeUnit, text: str
) -> None:
    card = ask(text, reformed)
    assert card is not None
    assert card.title == "Xã Hà Bắc"
    assert card.note == (
        "Xã Cẩm Việt thuộc huyện Thanh Hà, tỉnh Hải Dương đến hết ngày 30/06/2025. "
        "Xã Cẩm Việt đã nhập vào xã Hà Bắc (thành phố Hải Phòng) từ ngày 01/07/2025."
    )


@pytest.mark.parametrize(
    "text", ["huyện Thanh Hà còn không", "huyen thanh ha cu", "huyện Thanh Hà nay là gì"]
)
def test_after_the_reform_a_district_names_its_parts(
    reformed: AdministrativeUnit, text: str
) -> None:
    card = ask(text, reformed)
    assert card is not None
    assert card.title == "Huyện Thanh Hà"
    assert card.url == ""
    assert card.note == (
        "Huyện Thanh Hà thuộc tỉnh Hải Dương đến hết ngày 30/06/2025. "
        "Huyện Thanh Hà được chia vào xã Hà Bắc, xã Hà Tây "
        "(thành phố Hải Phòng) từ ngày 01/07/2025."
    )
    assert [other.label for other in card.others] == [
        "Xã Hà Bắc, thành phố Hải Phòng",
        "Xã Hà Tây, thành phố Hải Phòng",
    ]


def test_after_the_reform_a_new_commune_says_of_which_districts_it_was_made(
    reformed: AdministrativeUnit,
) -> None:
    card = ask("xã Hà Bắc trước đây thuộc huyện nào", reformed)
    assert card is not None
    assert card.note == (
        "Xã Hà Bắc thuộc thành phố Hải Phòng. Xã Hà Bắc được thành lập từ "
        "xã Cẩm Việt, xã Tân Việt (huyện Thanh Hà)."
    )


def test_a_question_costs_at_most_three_queries(
    merged: Province, django_assert_max_num_queries: Any
) -> None:
    request = SearchRequest("xã Thanh Xá nay là xã nào", unit=merged.hop_tien)
    response = search(request)
    with django_assert_max_num_queries(3):
        assert answer_for(request, response) is not None
