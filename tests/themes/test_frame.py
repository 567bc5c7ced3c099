"""Header, levels, languages, menu, search form and footer on every page of a site."""

from __future__ import annotations

import re

import pytest

from cms.home.models import SiteHomePage
from sites.units.models import AdministrativeUnit, Kind
from tests.conftest import Province
from tests.factories import make_article, make_site, make_unit, section_of
from tests.themes.reading import Reader, part, text_of


def test_the_three_levels_stand_in_order_and_lead_to_their_sites(
    hai_duong: Province, reader: Reader
) -> None:
    levels = part(text_of(reader(hai_duong.thanh_son).get("/")), 'class="levels"', "</nav>")
    links = re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', levels)
    assert links == [
        ("http://haiduong.localhost:8000/", "Tỉnh Hải Dương"),
        ("http://thanhha.haiduong.localhost:8000/", "Huyện Thanh Hà"),
        ("/", "Xã Thanh Sơn"),
    ]


def test_in_english_the_other_levels_are_linked_in_english(
    hai_duong: Province, reader: Reader
) -> None:
    text = text_of(reader(hai_duong.thanh_son).get("/en/"))
    assert '<html lang="en"' in text
    assert 'href="http://thanhha.haiduong.localhost:8000/en/"' in text
    assert "Thanh Son Commune" in text
    assert "Skip to the content" in text


def test_a_province_without_districts_lists_its_communes_directly(db: None, reader: Reader) -> None:
    city = make_unit("31", "Hải Phòng", kind=Kind.THANH_PHO)
    make_site(city, make_unit("11311", "Thủy Nguyên", city, kind=Kind.PHUONG))
    text = text_of(reader(city).get("/"))
    places = part(text, 'id="cac-cap"', "</section>")
    assert "http://thuynguyen.haiphong.localhost:8000/" in places
    assert "<details" not in places


def test_the_province_offers_each_district_with_its_communes(
    hai_duong: Province, reader: Reader
) -> None:
    places = part(text_of(reader(hai_duong.province).get("/")), 'id="cac-cap"', "</section>")
    assert "http://thanhha.haiduong.localhost:8000/" in places
    assert 'action="/chon-don-vi/"' in places
    whole = text_of(reader(hai_duong.province).get("/chon-don-vi/"))
    assert whole.count('<details class="district"') == 2
    thanh_ha = part(whole, '<li id="don-vi-294">', "</details>")
    assert "Xã Thanh Hồng" in thanh_ha
    assert "Xã Hợp Tiến" not in thanh_ha


def test_units_without_a_site_are_not_linked(hai_duong: Province, reader: Reader) -> None:
    make_unit("10900", "Chưa Có Cổng", hai_duong.thanh_ha)
    assert "Chưa Có Cổng" not in text_of(reader(hai_duong.thanh_ha).get("/"))


def test_a_commune_names_its_neighbours_but_not_itself(hai_duong: Province, reader: Reader) -> None:
    places = part(text_of(reader(hai_duong.thanh_son).get("/")), 'class="places"', "</ul>")
    assert "Xã Thanh Hồng" in places
    assert "Xã Thanh Sơn" not in places


def test_the_menu_marks_the_open_section(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    for path in ("/tin-tuc/", "/tin-tuc/hoi-lang/"):
        menu = part(text_of(reader(hai_duong.thanh_son).get(path)), 'class="menu"', "</nav>")
        marked = re.findall(r'href="([^"]+)" aria-current', menu)
        assert marked == ["/tin-tuc/"]


def test_sections_left_out_of_the_menu_are_in_the_site_map(
    hai_duong: Province, reader: Reader
) -> None:
    section = section_of(hai_duong.thanh_son, "danh-ba")
    assert not section.in_menu
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    assert "/danh-ba/" not in part(text, 'class="menu"', "</nav>")
    assert "/danh-ba/" in part(text, "<footer", "</footer>")


def test_the_footer_says_what_the_law_wants(hai_duong: Province, reader: Reader) -> None:
    SiteHomePage.objects.filter(unit=hai_duong.thanh_son).update(
        phone="0220 3555 001", email="ubnd@thanhson.example", address_vi="Thôn Đông, xã Thanh Sơn"
    )
    footer = part(text_of(reader(hai_duong.thanh_son).get("/")), "<footer", "</footer>")
    assert "Ủy ban nhân dân xã Thanh Sơn" in footer
    assert "Chịu trách nhiệm nội dung" in footer
    assert "Thôn Đông, xã Thanh Sơn" in footer
    assert 'href="tel:02203555001"' in footer
    assert 'href="mailto:ubnd@thanhson.example"' in footer
    assert "Cổng thông tin điện tử tỉnh Hải Dương" in footer


@pytest.mark.parametrize(
    ("stored", "shown"), [("lua-chin", "lua-chin"), ("song-hong", "song-hong"), ("la", "quoc-gia")]
)
def test_the_palette_follows_the_home_page(
    hai_duong: Province, reader: Reader, stored: str, shown: str
) -> None:
    SiteHomePage.objects.filter(unit=hai_duong.thanh_son).update(theme=stored)
    for path in ("/", "/tin-tuc/"):
        assert f'data-theme="{shown}"' in text_of(reader(hai_duong.thanh_son).get(path))


def test_the_search_form_works_without_javascript(hai_duong: Province, reader: Reader) -> None:
    vietnamese = text_of(reader(hai_duong.thanh_son).get("/"))
    assert 'action="/tim-kiem/" method="get"' in vietnamese
    assert 'action="/en/tim-kiem/"' in text_of(reader(hai_duong.thanh_son).get("/en/"))


def test_markup_in_texts_of_editors_stays_text(hai_duong: Province, reader: Reader) -> None:
    SiteHomePage.objects.filter(unit=hai_duong.thanh_son).update(welcome_vi="<script>x()</script>")
    make_article(hai_duong.thanh_son, "<b>Đậm</b> & nhạt", summary_vi='"><img src=x>')
    for path in ("/", "/tin-tuc/"):
        text = text_of(reader(hai_duong.thanh_son).get(path))
        assert "<script>x()" not in text
        assert "<b>Đậm" not in text
        assert "<img src=x>" not in text


def test_an_empty_site_says_so_and_leads_on(hai_duong: Province, reader: Reader) -> None:
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    assert "Trang này chưa đăng bài nào." in text
    section = text_of(reader(hai_duong.thanh_son).get("/tin-tuc/"))
    assert "Chuyên mục này chưa có bài." in section
    assert section.count('role="search"') == 2


def test_a_dissolved_units_site_keeps_the_tree_in_which_it_stood(
    hai_duong: Province, reader: Reader
) -> None:
    AdministrativeUnit.objects.filter(path__startswith="30/").update(valid_to="2025-07-01")
    make_unit("31", "Hải Phòng", kind=Kind.THANH_PHO, valid_from="2025-07-01")
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    assert "Huyện Thanh Hà" in part(text, 'class="levels"', "</nav>")
    assert "Xã Thanh Hồng" in part(text, 'class="places"', "</ul>")
