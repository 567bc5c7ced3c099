"""What is offered while somebody types."""

from __future__ import annotations

from typing import Any

import pytest

from search.index.drain import drain
from search.index.outbox import queue_pages
from search.office.models import QueryCount
from search.suggest.filling import refresh
from search.suggest.lookup import suggest
from search.suggest.models import Suggestion
from tests.conftest import Province, RunTasks
from tests.factories import make_article, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql_only")]


@pytest.fixture
def province(hai_duong: Province) -> Province:
    """Some pages, and all names of units."""
    make_article(hai_duong.thanh_son, "Đăng ký khai sinh lưu động tại thôn")
    make_article(hai_duong.thanh_hong, "Đăng kí khai sinh ở xã Thanh Hồng")
    make_article(hai_duong.province, "Quyết định số 15/2024/QĐ-UBND về giá đất")
    make_article(hai_duong.province, "Đặng Trần Côn và Chinh phụ ngâm")
    drain()
    refresh()
    return hai_duong


def texts(typed: str, unit: Any = None) -> list[str]:
    """What is offered."""
    return [offer.text for offer in suggest(typed, unit)]


@pytest.mark.parametrize(
    "typed",
    ["đăng ký khai s", "dang ky khai s", "DANG KI KHAI", "khai sinh l", "Đăng k", "sinh lưu động"],
)
def test_a_title_is_found_by_its_words(province: Province, typed: str) -> None:
    assert "Đăng ký khai sinh lưu động tại thôn" in texts(typed, province.thanh_son)


def test_own_pages_come_first(province: Province) -> None:
    assert texts("khai sinh", province.thanh_son)[0].startswith("Đăng ký khai sinh lưu động")
    assert texts("khai sinh", province.thanh_hong)[0].startswith("Đăng kí khai sinh ở xã")


def test_accents_that_were_typed_count(province: Province) -> None:
    assert texts("đặng trần", province.thanh_son) == ["Đặng Trần Côn và Chinh phụ ngâm"]
    assert "Đặng Trần Côn và Chinh phụ ngâm" not in texts("đăng ký", province.thanh_son)


def test_a_document_is_offered_by_its_number(province: Province) -> None:
    assert texts("15/2024") == ["Quyết định số 15/2024/QĐ-UBND về giá đất"]


def test_raw_telex_is_understood(province: Province) -> None:
    assert "Đăng ký khai sinh lưu động tại thôn" in texts("dawng kys khai")


def test_units_come_first_with_the_unit_above(province: Province) -> None:
    offer = suggest("thanh s", province.hop_tien)[0]
    assert (offer.text, offer.kind, offer.detail) == ("Xã Thanh Sơn", "unit", "Huyện Thanh Hà")
    assert texts("xã hợp", province.hop_tien) == ["Xã Hợp Tiến"]


def test_names_before_a_merger_are_offered(province: Province) -> None:
    from sites.units.models import Succession

    gone = make_unit("10870", "Thanh Xá", province.thanh_ha)
    make_unit("99999", "Thanh Xa Xôi", province.thanh_ha)
    Succession.objects.create(old=gone, new=province.thanh_son, extent="whole")
    refresh()
    assert texts("thanh xa") == ["Xã Thanh Xá"]


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "zzzz", "%", "__", "\\\\", "'; --", "\0", "ð" * 500]
)
def test_silent_when_nothing_helps(province: Province, typed: str) -> None:
    assert texts(typed, province.thanh_son) == []


def test_what_is_no_longer_public_is_not_offered(province: Province) -> None:
    from cms.articles.models import ArticlePage

    page = ArticlePage.objects.get(title__startswith="Đặng")
    ArticlePage.objects.filter(pk=page.pk).update(live=False)  # the read model lags behind
    assert texts("đặng trần") == []
    queue_pages([page.pk])
    drain()
    assert not Suggestion.objects.filter(page_id=page.pk).exists()


def test_a_changed_title_replaces_the_old_one(province: Province) -> None:
    page = make_article(province.thanh_son, "Họp thôn Lập Lễ")
    drain()
    page.title = "Họp tổ dân phố"
    page.save_revision().publish()
    drain()
    assert texts("họp") == ["Họp tổ dân phố", "Xã Hợp Tiến"]
    assert texts("hop")[0] == "Xã Hợp Tiến"


def test_queries_of_many_are_offered(province: Province) -> None:
    import datetime

    month = datetime.date.today().replace(day=1)
    common = {"month": month, "unit_code": "", "clicks": 0}
    for text, searches, empty in (
        ("giá vải thiều hôm nay", 40, 0), ("giá vải lạ", 9, 0), ("giá vải không có", 40, 40),
    ):  # fmt: skip
        key = text.encode()[:16]
        QueryCount.objects.create(text=text, searches=searches, empty=empty, key=key, **common)
    refresh()
    assert texts("giá vải") == ["giá vải thiều hôm nay"]
    assert suggest("thieu", None)[0].kind == "query"


def test_what_a_mishap_left_out_is_healed(province: Province) -> None:
    Suggestion.objects.exclude(page_id=None).delete()
    Suggestion.objects.create(
        rank=3, key="ma", start=0, text="", language="vi", page_id=10**9, weight=0
    )
    refresh()
    assert texts("khai sinh l")
    assert not Suggestion.objects.filter(page_id=10**9).exists()


def test_sites_order_a_refresh(hai_duong: Province, run_tasks: RunTasks) -> None:
    run_tasks()
    assert texts("thanh son") == ["Xã Thanh Sơn"]


def test_english_titles_for_english_readers(province: Province) -> None:
    from django.utils import translation

    make_article(province.thanh_son, "Lịch tiêm", headline_en="Vaccination calendar")
    drain()
    assert texts("vaccin") == []
    with translation.override("en"):
        assert texts("vaccin") == ["Vaccination calendar"]


def test_one_query(province: Province, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # the units above, and the suggestions
        suggest("khai sinh", province.thanh_son)


def test_one_of_many_titles_after_one_pattern_is_enough(province: Province) -> None:
    for unit in (province.thanh_son, province.thanh_hong, province.hop_tien):
        make_article(unit, f"Thông báo lịch trực tại {unit.lower_name} tháng Sáu")
    drain()
    assert texts("thông báo", province.hop_tien) == [
        "Thông báo lịch trực tại xã Hợp Tiến tháng Sáu"
    ]
    assert len(texts("thông báo lịch trực tại xã", province.hop_tien)) == 3


def test_far_pages_come_after_what_is_near(province: Province) -> None:
    make_article(province.hop_tien, "Khai báo vật nuôi")
    drain()
    offered = texts("khai", province.thanh_son)
    assert offered.index("Đăng ký khai sinh lưu động tại thôn") < offered.index("Khai báo vật nuôi")


def test_a_unit_whose_name_only_contains_the_word_comes_later(province: Province) -> None:
    assert texts("son", province.thanh_son)[-1] == "Xã Thanh Sơn"
    make_article(province.thanh_son, "Sơn lại vạch đường")
    drain()
    assert texts("son", province.thanh_son) == ["Sơn lại vạch đường", "Xã Thanh Sơn"]


@pytest.mark.parametrize("typed", ["thanh sơn ", "xã thanh sơn ", "thanh "])
def test_a_space_completes_the_word_also_at_the_end(province: Province, typed: str) -> None:
    assert "Xã Thanh Sơn" in texts(typed, province.thanh_son)


def test_a_space_is_no_beginning_of_another_word(province: Province) -> None:
    assert "Xã Thanh Sơn" not in texts("thanh s ", province.thanh_son)


def test_a_document_number_is_offered_as_it_is_written(province: Province) -> None:
    import datetime

    QueryCount.objects.create(
        month=datetime.date.today().replace(day=1), unit_code="", clicks=0, empty=0,
        text="15 2024 qđ ubnd", searches=40, key=b"k",
    )  # fmt: skip
    refresh()
    assert "15/2024/QĐ-UBND" in texts("15/2024")
    assert "15/2024/QĐ-UBND" in texts("15 2024 q")
