"""What stands on a home page, in which order, and from which level."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from cms.home.blocks import DEFAULT_LAYOUTS, HomeBlocks, default_layout
from cms.home.models import SiteHomePage
from tests.conftest import Province, Reader, SignedIn
from tests.factories import home_of, make_article, push
from tests.themes.reading import part, text_of


def days_ago(number: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=number)


def compose(home: SiteHomePage, *blocks: tuple[str, Any]) -> None:
    """Give a home page blocks in an order."""
    raw = [{"type": name, "value": value} for name, value in blocks]
    home.layout = HomeBlocks().to_python(raw)
    home.save_revision().publish()


def order_of(text: str, *marks: str) -> list[int]:
    """Where marks stand in a text; fails when one is missing."""
    return [text.index(mark) for mark in marks]


def test_a_commune_shows_its_own_news_first_then_the_districts_and_the_provinces(
    hai_duong: Province, reader: Reader
) -> None:
    make_article(hai_duong.thanh_son, "Tin cũ của xã", public_at=days_ago(90))
    for unit, title in (
        (hai_duong.thanh_ha, "Tin của huyện"),
        (hai_duong.province, "Tin của tỉnh"),
    ):
        page = make_article(unit, title)
        push(page, f"under:{unit.code}")
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    hero = part(text, 'class="hero"', "</section>")
    assert order_of(hero, "Tin cũ của xã", "Tin của")
    above = part(text, 'class="from-above"', "</section>")
    places = order_of(above, "Từ huyện", "Tin của huyện", "Từ tỉnh", "Tin của tỉnh")
    assert places == sorted(places)


def test_what_a_level_did_not_send_is_not_under_its_name(
    hai_duong: Province, reader: Reader
) -> None:
    push(make_article(hai_duong.province, "Tin của tỉnh"), "unit:10867")
    make_article(hai_duong.thanh_ha, "Tin riêng của huyện")
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    assert "Tin riêng của huyện" not in text
    assert "Từ huyện" not in part(text, 'class="from-above"', "</section>")


def test_the_province_sees_what_is_new_below_with_its_unit_and_address(
    hai_duong: Province, reader: Reader
) -> None:
    for number in range(4):
        make_article(hai_duong.thanh_son, f"Tin xã {number}", public_at=days_ago(number))
    make_article(hai_duong.nam_sach, "Tin huyện Nam Sách", public_at=days_ago(9))
    make_article(hai_duong.thanh_hong, "Chưa đăng", live=False)
    text = text_of(reader(hai_duong.province).get("/"))
    below = part(text, 'id="below-title"', "</section>")
    assert "Tin xã 0" in below
    assert "Tin xã 2" not in below, "two of each unit"
    assert "Tin huyện Nam Sách" in below
    assert "Chưa đăng" not in below
    assert 'href="http://thanhson.thanhha.haiduong.localhost:8000/tin-tuc/tin-xa-0/"' in below
    assert "Xã Thanh Sơn" in below
    district = text_of(reader(hai_duong.nam_sach).get("/"))
    assert "Tin xã" not in district


def test_blocks_stand_in_the_order_in_which_they_were_put(
    hai_duong: Province, reader: Reader
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    link = {"text": {"vi": "Cổng dịch vụ công", "en": "Public services"},
            "address": "https://dichvucong.gov.vn"}  # fmt: skip
    compose(
        home_of(hai_duong.thanh_son),
        ("units", None),
        ("links", {"title": {"vi": "Liên kết hay dùng", "en": "Often used"}, "links": [link]}),
        ("featured", {"number": 3}),
    )
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    places = order_of(text, 'id="cac-cap"', "Liên kết hay dùng", 'class="hero"')
    assert places == sorted(places)
    assert "services-title" not in text
    english = text_of(reader(hai_duong.thanh_son).get("/en/"))
    assert "Often used" in english
    assert "Public services" in english


def test_chosen_sections_are_shown_and_others_are_not(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Tin một")
    make_article(hai_duong.thanh_son, "Giới thiệu một", section="gioi-thieu")
    compose(
        home_of(hai_duong.thanh_son),
        ("sections", {"sections": ["gioi-thieu", "khong-co"], "number": 2}),
    )
    main = part(text_of(reader(hai_duong.thanh_son).get("/")), "<main", "</main>")
    assert "Giới thiệu một" in main
    assert "Tin một" not in main


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "x"])
def test_links_that_run_something_are_refused(address: str) -> None:
    block = HomeBlocks().child_blocks["links"].child_blocks["links"].child_block
    value = block.to_python({"text": {"vi": "Bấm"}, "address": address})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)


def test_a_block_that_can_stand_only_once_is_refused_twice(db: None) -> None:
    block = HomeBlocks()
    value = block.to_python([{"type": "services", "value": None}] * 2)
    with pytest.raises(StreamBlockValidationError):
        block.clean(value)


@pytest.mark.parametrize("tier", ["province", "district", "commune"])
def test_every_level_has_a_layout_of_known_blocks(db: None, tier: str) -> None:
    assert set(DEFAULT_LAYOUTS[tier]) <= set(HomeBlocks().child_blocks)
    assert [block.block_type for block in default_layout(tier)] == DEFAULT_LAYOUTS[tier]


def test_every_block_can_stand_on_an_empty_site(hai_duong: Province, reader: Reader) -> None:
    block = HomeBlocks()
    everything = [
        (name, child.get_prep_value(child.get_default()))
        for name, child in block.child_blocks.items()
        if name != "links"
    ]
    for unit in (hai_duong.province, hai_duong.thanh_ha, hai_duong.thanh_son):
        compose(home_of(unit), *everything)
        answer = reader(unit).get("/")
        assert answer.status_code == 200
        assert "Trang này chưa đăng bài nào." in text_of(answer)


def test_a_locked_layout_shows_the_usual_blocks(hai_duong: Province, reader: Reader) -> None:
    compose(home_of(hai_duong.thanh_son), ("units", None))
    assert "services-title" not in text_of(reader(hai_duong.thanh_son).get("/"))
    SiteHomePage.objects.filter(unit=hai_duong.province).update(lock_layout=True)
    assert "services-title" in text_of(reader(hai_duong.thanh_son).get("/"))


def test_bad_titles_hold_the_layout(hai_duong: Province, reader: Reader) -> None:
    make_article(hai_duong.thanh_son, "Rấtdài" * 42, public_at=days_ago(1))
    make_article(
        hai_duong.thanh_son,
        "Năm 1945",
        public_at=datetime.datetime(1945, 9, 2, 7, tzinfo=datetime.UTC),
    )
    make_article(
        hai_duong.thanh_son,
        "Năm 2100",
        public_at=datetime.datetime(2100, 1, 1, 7, tzinfo=datetime.UTC),
    )
    text = text_of(reader(hai_duong.thanh_son).get("/"))
    assert "02/09/1945" in text
    assert "01/01/2100" in text


def test_indentation_goes_and_words_stay_apart() -> None:
    from django.template import Context, Template

    source = (
        "{% load portal_tags %}{% unindented %}<p>\n    <b>a</b>\n  <i>b</i>{% endunindented %}"
    )
    assert Template(source).render(Context()) == "<p>\n<b>a</b>\n<i>b</i>"
    assert not re.search(r"\n[ ]", Template(source).render(Context()))


def test_the_preview_shows_blocks_that_are_being_tried(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    from sites.people.models import Role
    from tests.factories import make_person
    from tests.home.test_looks import form_of

    home = home_of(hai_duong.thanh_son)
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    data = form_of(client, home) | {
        "layout-count": "1", "layout-0-deleted": "", "layout-0-order": "0",
        "layout-0-type": "units", "layout-0-id": "", "layout-0-value": "",
    }  # fmt: skip
    address = f"/pages/{home.pk}/edit/preview/"
    assert client.post(address, data).json()["is_valid"]
    shown = text_of(client.get(address))
    assert 'id="cac-cap"' in shown
    assert "services-title" not in shown
