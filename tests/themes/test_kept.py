"""What processes keep rendered of the frame of a site, and when they render it again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from cms.home.models import SiteHomePage
from sites.hosts.registry import host_map
from tests.conftest import Province, Reader
from tests.factories import make_article
from tests.themes.reading import part, text_of

TEMPLATE = '{% load portal_tags %}{% kept "test" place %}{{ text }}{% endkept %}'


def shown(province: Province, text: str, place: str = "", *, preview: bool = False) -> str:
    """What a page of Thanh Sơn shows of a text that stands in a kept part."""
    request: Any = RequestFactory().get("/")
    request.portal = host_map().by_unit[province.thanh_son.pk]
    request.is_preview = preview
    context = {"request": request, "text": text, "place": place}
    return Template(TEMPLATE).render(Context(context))


def marked(text: str) -> list[tuple[str, str]]:
    """Address and value of the marked entries of the main menu."""
    menu = part(text, 'class="menu"', "</nav>")
    return re.findall(r'href="([^"]*)" aria-current="(\w+)"', menu)


def test_it_is_rendered_once_per_frame_language_and_value(hai_duong: Province) -> None:
    assert shown(hai_duong, "một") == "một"
    assert shown(hai_duong, "hai") == "một"
    assert shown(hai_duong, "ba", place="đây") == "ba"
    with override("en"):
        assert shown(hai_duong, "four") == "four"
    SiteHomePage.objects.filter(unit=hai_duong.province).update(phone="1")
    assert shown(hai_duong, "hai") == "hai"


def test_a_preview_neither_takes_nor_leaves_anything(hai_duong: Province) -> None:
    assert shown(hai_duong, "thử", preview=True) == "thử"
    assert shown(hai_duong, "thật") == "thật"
    assert shown(hai_duong, "thử", preview=True) == "thử"


def test_every_site_has_its_own_footer_and_a_change_is_seen_at_once(
    hai_duong: Province, reader: Reader
) -> None:
    homes = SiteHomePage.objects.filter(unit__in=[hai_duong.thanh_son, hai_duong.thanh_ha])
    for number, home in enumerate(homes):
        SiteHomePage.objects.filter(pk=home.pk).update(phone=f"0220 000 00{number}")
    for _ in range(2):
        for number, home in enumerate(homes):
            footer = text_of(reader(home.unit).get("/tin-tuc/")).split("<footer")[1]
            assert re.findall(r"0220 000 \d{3}", footer) == [f"0220 000 00{number}"]
    homes.update(phone="0220 111 111")
    assert "0220 111 111" in text_of(reader(hai_duong.thanh_son).get("/"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_menu_marks_where_the_reader_is(
    hai_duong: Province, reader: Reader, prefix: str
) -> None:
    make_article(hai_duong.thanh_son, "Hội làng")
    client = reader(hai_duong.thanh_son)
    wanted = {
        f"{prefix}/tin-tuc/": [(f"{prefix}/tin-tuc/", "page")],
        f"{prefix}/tin-tuc/hoi-lang/": [(f"{prefix}/tin-tuc/", "true")],
        f"{prefix}/": [(f"{prefix}/", "page")],
        f"{prefix}/thong-bao/": [(f"{prefix}/thong-bao/", "page")],
        f"{prefix}/so-do/": [],
    }
    for path in [*wanted, *wanted]:
        assert marked(text_of(client.get(path))) == wanted[path], path
