"""Answers above the results: fields of pages with their link, never anything else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import translation

from search.index.drain import drain
from search.index.requests import SearchRequest
from search.index.service import search
from search.pages.answers import Card, answer_for
from search.suggest.filling import refresh
from sites.units.models import AdministrativeUnit, Succession
from tests.calendars.test_calendar_pages import make_event
from tests.conftest import Province
from tests.documents.factories import make_document
from tests.factories import home_of, make_article, make_unit
from tests.papers import make_procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]


@pytest.fixture
def province(hai_duong: Province) -> Province:
    """A commune with an address and a telephone number."""
    home = home_of(hai_duong.thanh_son)
    home.address_vi, home.phone = "Thôn Lập Lễ, xã Thanh Sơn", "0220 3002 867"
    home.save()
    refresh()
    return hai_duong


def ask(text: str, unit: AdministrativeUnit | None, **options: Any) -> Card | None:
    """The answer to a search."""
    request = SearchRequest(text, unit=unit, **options)
    return answer_for(request, search(request))


@pytest.mark.parametrize(
    "text",
    ["xã Thanh Sơn", "thanh son", "UBND xã Thanh Sơn", "x thanh sơn", "Xã Thanh Sơn",
     "số điện thoại ủy ban nhân dân xã thanh sơn", "dia chi thanh son",
     "trụ sở UBND xã Thanh Sơn", "cổng thông tin điện tử xã Thanh Sơn", "trang web xã thanh sơn",
     "xã Thanh Sơn ở đâu", "thanh sơn số điện thoại", "Thanh Son commune",
     "phone Thanh Son Commune"],
)  # fmt: skip
def test_a_units_name_shows_its_card(province: Province, text: str) -> None:
    card = ask(text, province.hop_tien)
    assert card is not None
    assert card.title == "Xã Thanh Sơn"
    assert dict(card.rows) == {
        "Địa chỉ": "Thôn Lập Lễ, xã Thanh Sơn",
        "Điện thoại": "0220 3002 867",
    }
    assert card.url == "http://thanhson.thanhha.haiduong.localhost:8000/"


def test_what_a_card_says_in_vietnamese_on_an_english_page_is_marked() -> None:
    card = Card("Lịch tiếp công dân", "", (("Place", "Trụ sở xã"), ("Fee", "8 000 VND")))
    assert [row[-1] for row in card.shown] == ["", ""]
    with translation.override("en"):
        assert card.title_language == "vi"
        assert [row[-1] for row in card.shown] == ["vi", ""]


@pytest.mark.parametrize(
    "text", ["xã Thanh", "Thành Sơn", "lịch họp xã Thanh Sơn", "sơn", "-thanh sơn", '"thanh sơn"']
)
def test_other_queries_show_none(province: Province, text: str) -> None:
    assert ask(text, province.hop_tien) is None


def test_no_card_on_further_pages_or_when_narrowed(province: Province) -> None:
    from search.index.requests import Filters, Sort

    assert ask("thanh sơn", province.hop_tien, page=2) is None
    assert ask("thanh sơn", province.hop_tien, sort=Sort.DATE) is None
    assert ask("thanh sơn", province.hop_tien, filters=Filters(tier="commune")) is None


def test_a_merged_commune_leads_to_the_one_that_carries_on(province: Province) -> None:
    ended = datetime.date(2024, 12, 1)
    gone = make_unit("10870", "Thanh Xá", province.thanh_ha, valid_to=ended)
    Succession.objects.create(old=gone, new=province.thanh_son, extent="whole")
    refresh()
    card = ask("xã thanh xá", province.hop_tien)
    assert card is not None
    assert card.title == "Xã Thanh Sơn"
    assert card.note == "Xã Thanh Xá đã nhập vào xã Thanh Sơn (huyện Thanh Hà) từ ngày 01/12/2024."
    assert dict(card.rows)["Điện thoại"] == "0220 3002 867"


def test_a_divided_unit_names_its_parts(province: Province) -> None:
    ended = datetime.date(2024, 12, 1)
    gone = make_unit("10870", "Thanh Xá", province.thanh_ha, valid_to=ended)
    for new in (province.thanh_son, province.thanh_hong):
        Succession.objects.create(old=gone, new=new, extent="part")
    refresh()
    card = ask("Thanh Xá", province.hop_tien)
    assert card is not None
    assert card.url == ""
    assert card.rows == ()
    assert "xã Thanh Sơn, xã Thanh Hồng (huyện Thanh Hà)" in card.note
    assert [other.url for other in card.others] == [
        "http://thanhson.thanhha.haiduong.localhost:8000/",
        "http://thanhhong.thanhha.haiduong.localhost:8000/",
    ]


def test_of_two_units_of_a_name_the_nearer_one_is_meant(province: Province) -> None:
    from tests.factories import make_site

    twin = make_unit("10999", "Thanh Sơn", province.nam_sach)
    make_site(twin)
    refresh()
    near = ask("xã thanh sơn", province.hop_tien)
    far = ask("xã thanh sơn", province.thanh_hong)
    assert near is not None
    assert far is not None
    assert "namsach" in near.url
    assert "thanhha" in far.url
    assert near.others[0].label == "Xã Thanh Sơn, huyện Thanh Hà"


def test_an_article_is_no_answer(province: Province) -> None:
    make_article(province.thanh_son, "Đăng ký khai sinh")
    drain()
    assert ask("đăng ký khai sinh", province.thanh_son) is None


def test_at_most_three_queries(province: Province, django_assert_max_num_queries: Any) -> None:
    request = SearchRequest("xã thanh sơn", unit=province.hop_tien)
    response = search(request)
    with django_assert_max_num_queries(3):
        assert answer_for(request, response) is not None


@pytest.mark.parametrize("text", ["15/2024/qd-ubnd", "qd 15 2024", "số 15/2024"])
def test_a_document_number_shows_the_document_with_its_validity(
    province: Province, text: str
) -> None:
    page = make_document(province.province, "15/2024/QĐ-UBND")
    make_article(province.province, "Thực hiện Quyết định 15/2024/QĐ-UBND về nước sạch")
    drain()
    card = ask(text, province.thanh_son)
    assert card is not None
    assert card.url == page.full_url
    assert dict(card.rows)["Hiệu lực"]
    assert "15/2024/QĐ-UBND" in dict(card.rows).values()


def test_a_number_that_is_only_named_is_no_answer(province: Province) -> None:
    make_document(province.province, "16/2024/QĐ-UBND", "Sửa Quyết định số 15/2024/QĐ-UBND")
    drain()
    assert ask("15/2024/QĐ-UBND", province.thanh_son) is None


@pytest.mark.parametrize(
    "text", ["lịch tiếp dân xã Thanh Sơn", "tiep dan thanh son", "lịch tiếp dân"]
)
def test_a_schedule_shows_the_next_date(province: Province, text: str) -> None:
    tomorrow = datetime.date.today() + datetime.timedelta(days=3)
    make_event(province.thanh_son, "Tiếp dân", tomorrow.isoformat(), kind="reception")
    make_event(province.thanh_hong, "Tiếp dân", tomorrow.isoformat(), kind="reception")
    drain()
    card = ask(text, province.thanh_son)
    assert card is not None
    assert "thanhson." in card.url
    assert f"{tomorrow.day:02d}" in dict(card.rows)["Ngày gần nhất"]


def test_another_communes_schedule_answers_only_when_it_is_named(province: Province) -> None:
    soon = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    make_event(province.thanh_hong, "Tiếp dân", soon, kind="reception")
    drain()
    assert ask("lịch tiếp dân", province.thanh_son) is None
    card = ask("lịch tiếp dân xã thanh hồng", province.thanh_son)
    assert card is not None
    assert "thanhhong." in card.url


def test_what_is_over_is_no_answer(province: Province) -> None:
    make_event(province.thanh_son, "Tiếp dân", "2024-06-02", kind="reception")
    drain()
    assert ask("lịch tiếp dân", province.thanh_son) is None


@pytest.mark.parametrize("text", ["dân", "dan", "tiếp", "nhân tiếp"])
def test_a_syllable_or_scattered_ones_are_no_question(province: Province, text: str) -> None:
    soon = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    make_event(province.thanh_son, "Trực tiếp gặp nhân dân", soon, kind="reception")
    drain()
    assert ask(text, province.thanh_son) is None


def test_accents_that_were_typed_count(province: Province) -> None:
    make_document(province.province, "17/2024/QĐ-UBND", "Khai mạc hội trại")
    drain()
    assert ask("khai mac hoi trai", province.thanh_son) is not None
    assert ask("khai mạc hội trái", province.thanh_son) is None


def test_who_asks_for_a_schedule_gets_the_date_not_a_document(province: Province) -> None:
    soon = datetime.date.today() + datetime.timedelta(days=3)
    make_event(province.thanh_son, "Tiếp công dân định kỳ", soon.isoformat(), kind="reception")
    make_document(province.thanh_son, "19/TB-UBND", "Lịch tiếp công dân của xã Thanh Sơn")
    drain()
    card = ask("lịch tiếp công dân", province.thanh_son)
    assert card is not None
    assert f"{soon.day:02d}" in dict(card.rows)["Ngày gần nhất"]


def test_whose_page_it_is_does_not_make_it_an_answer(province: Province) -> None:
    soon = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    title = "Tiếp công dân định kỳ của Chủ tịch UBND xã Thanh Sơn"
    make_event(province.thanh_son, title, soon, kind="reception")
    drain()
    assert ask("chủ tịch xã Thanh Sơn", province.thanh_son) is None
    assert ask("tiếp công dân xã Thanh Sơn", province.thanh_son) is not None


def test_a_document_answers_by_its_number_or_its_whole_name(province: Province) -> None:
    make_document(province.province, "26/2023/QH15", "Luật Căn cước")
    drain()
    assert ask("làm căn cước ở đâu", province.thanh_son) is None
    assert ask("luật căn cước", province.thanh_son) is not None


def test_a_word_of_a_title_is_no_answer_to_a_schedule(province: Province) -> None:
    soon = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    make_event(province.thanh_son, "Đấu giá quyền sử dụng đất", soon)
    drain()
    assert ask("đặt lịch", province.thanh_son) is None
    assert ask("lịch dat", province.thanh_son) is None
    assert ask("lịch đấu giá", province.thanh_son) is not None


def test_of_several_schedules_the_next_date_is_shown(province: Province) -> None:
    for days, title in ((4, "đầu tháng"), (3, "giữa tháng"), (5, "cuối tháng")):
        day = datetime.date.today() + datetime.timedelta(days=days)
        name = f"Tiếp công dân định kỳ ({title})"
        make_event(province.thanh_son, name, day.isoformat(), kind="reception")
    drain()
    card = ask("lịch tiếp công dân", province.thanh_son)
    assert card is not None
    assert "giữa tháng" in card.title


def test_the_name_of_another_unit_is_no_question_about_a_page(province: Province) -> None:
    make_procedure(province.thanh_son, "Tiếp công dân xã Thanh Sơn")
    drain()
    assert ask("xa thanh xa", province.thanh_son) is None
    assert ask("xa thanh", province.thanh_son) is None
    assert ask("tiep cong dan xa thanh son", province.thanh_son) is not None
