"""The frame version changes with whatever stands around pages, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from cms.basepage.models import BasePage
from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage
from sites.blueprints.models import Section
from sites.hosts.registry import stored_tokens
from sites.hosts.versions import VersionedCache
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, Reader
from tests.factories import home_of, make_article, section_of
from tests.themes.reading import text_of


def publish_home(province: Province) -> None:
    home_of(province.thanh_son).save_revision().publish()


CHANGES: dict[str, Callable[[Province], Any]] = {
    "home page, published": publish_home,
    "home page, in bulk": lambda p: SiteHomePage.objects.filter(unit=p.thanh_ha).update(phone="1"),
    "section page, renamed in bulk": lambda p: BasePage.objects.filter(depth=3).update(title="Mới"),
    "section page, taken down": lambda p: section_of(p.thanh_son).unpublish(),
    "section page, deleted": lambda p: section_of(p.thanh_son, "danh-ba").delete(),
    "section of the installation": lambda p: Section.objects.update(name_vi="Mới"),
    "menu": lambda p: SectionPage.objects.update(in_menu=False),
    "unit, renamed": lambda p: AdministrativeUnit.objects.filter(code="294").update(name="Mới"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_changes_with_the_frame_of_any_site(hai_duong: Province, change: str) -> None:
    before = stored_tokens().frame
    CHANGES[change](hai_duong)
    assert stored_tokens().frame != before


def test_articles_and_drafts_leave_it_alone(hai_duong: Province) -> None:
    before = stored_tokens().frame
    article = make_article(hai_duong.thanh_son)
    article.title = "Tên khác"
    article.save_revision().publish()
    article.unpublish()
    article.delete()
    home = home_of(hai_duong.thanh_son)
    home.title = "Nháp"
    home.save_revision()
    assert stored_tokens().frame == before


def test_readers_see_a_change_with_the_next_request(hai_duong: Province, reader: Reader) -> None:
    client = reader(hai_duong.thanh_son)
    assert "Huyện Thanh Hà" in text_of(client.get("/"))
    AdministrativeUnit.objects.filter(pk=hai_duong.thanh_ha.pk).update(name="Huyện Đổi Tên")
    assert "Huyện Đổi Tên" in text_of(client.get("/"))


def test_what_one_request_hangs_on_the_home_page_reaches_no_other(
    hai_duong: Province, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    first = client.get("/").context["page"]
    first.phone = "999"
    first.unit.name = first.unit.name
    assert client.get("/").context["page"].phone != "999"


def test_the_cache_keeps_the_latest_sites_only(db: None) -> None:
    cache: VersionedCache[int] = VersionedCache(size=2)
    request = RequestFactory().get("/")
    loads: list[int] = []

    def load(number: int) -> int:
        loads.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        assert cache.get(request, number, lambda number=number: load(number)) == number  # type: ignore[misc]
    assert loads == [1, 2, 3, 2]
