"""A query that names a unit or a kind of page finds its pages, whatever these say themselves."""

from __future__ import annotations

import pytest

from search.index.drain import drain
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from search.office.naming import Named, named_in
from search.office.vocabulary import forget, office
from search.text import parse_query
from sites.units.models import AdministrativeUnit, Succession
from tests.conftest import Province
from tests.factories import make_article, make_unit

pytestmark = pytest.mark.django_db
TITLE = "Lịch tiếp công dân tháng Tám"


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    forget()


def names(text: str) -> tuple[Named, ...]:
    return named_in(parse_query(text).tokens, office())


@pytest.fixture
def calendars(hai_duong: Province) -> None:
    """A page of the same title in every commune, and news that is full of names."""
    for unit in (hai_duong.hop_tien, hai_duong.thanh_hong, hai_duong.thanh_son):
        make_article(unit, TITLE, body="Mời bà con tới trụ sở.")
    make_article(
        hai_duong.province, "Lãnh đạo tỉnh dự lễ", body="Xã Thanh Sơn, xã Thanh Hồng có lịch mới."
    )
    drain()


def first(text: str, engine: Engine, home: AdministrativeUnit) -> tuple[str, str]:
    """Title and unit of the first result on a unit's site."""
    result = search(SearchRequest(text, home, engine=engine)).results[0]
    return result.title, result.unit.name


@pytest.mark.parametrize(
    "typed",
    [
        "lịch tiếp dân xã Thanh Sơn", "lich tiep cong dan xa thanh son", "lịch tiếp dân thanh sơn",
        "lịch tiếp dân x. Thanh Sơn", "xã Thanh Sơn lịch tiếp công dân",
    ],
)  # fmt: skip
@pytest.mark.parametrize("home", ["province", "thanh_hong", "hop_tien", "thanh_son"])
def test_the_page_of_the_named_unit_comes_first_on_every_site(
    calendars: None, hai_duong: Province, engine: Engine, typed: str, home: str
) -> None:
    assert first(typed, engine, getattr(hai_duong, home)) == (TITLE, hai_duong.thanh_son.name)


def test_without_a_name_the_own_unit_comes_first(
    calendars: None, hai_duong: Province, engine: Engine
) -> None:
    for home in (hai_duong.thanh_hong, hai_duong.hop_tien):
        assert first("lịch tiếp công dân", engine, home) == (TITLE, home.name)


def test_an_old_name_finds_the_pages_of_the_unit_that_carries_on(
    calendars: None, hai_duong: Province, engine: Engine
) -> None:
    old = make_unit("10999", "Xã Thanh Xá", parent=hai_duong.thanh_ha)
    Succession.objects.create(old=old, new=hai_duong.thanh_hong, extent=Succession.Extent.WHOLE)
    forget()
    found = first("lịch tiếp dân xã Thanh Xá", engine, hai_duong.hop_tien)
    assert found == (TITLE, hai_duong.thanh_hong.name)


def test_what_is_named(hai_duong: Province) -> None:
    thanh_son = hai_duong.thanh_son.pk
    assert names("lịch xã Thanh Sơn") == (Named(1, 4, units=(thanh_son,)),)
    assert names("lich thanh son") == (Named(1, 3, units=(thanh_son,)),)
    assert names("thủ tục khai sinh") == (Named(0, 2, types=("procedure",)),)


@pytest.mark.parametrize(
    "typed",
    [
        "thanh sơn",  # nothing but the name, which stands in many texts
        "lịch xã Thanh Sôn",  # another name
        "thủ tục",
        "khai sinh",
        "",
    ],
)
def test_what_is_no_name(hai_duong: Province, typed: str) -> None:
    assert names(typed) == ()
