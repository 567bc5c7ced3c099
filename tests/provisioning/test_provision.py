"""Making sites from blueprints: in bulk, repeatable, one failure at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.models import Site

from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage
from sites.blueprints.models import Blueprint, BlueprintSection, Section
from sites.distribution.measuring import counted_queries
from sites.provisioning.actions import ProvisionAction
from sites.units.models import AdministrativeUnit
from tests.factories import make_unit


@pytest.fixture
def units(db: None) -> Any:
    province = make_unit("30", "Hải Dương")
    district = make_unit("294", "Thanh Hà", province)
    for number in range(5):
        make_unit(f"1080{number}", f"Xã số {number}", district)
    return province


def test_a_province_and_everything_below_it_get_sites(units: Any) -> None:
    report = ProvisionAction(under="30").execute()

    assert (report.created, report.unchanged, report.failed) == (7, 0, [])
    assert Site.objects.count() == 7
    assert not Site.objects.filter(is_default_site=True).exists()
    home = SiteHomePage.objects.get(unit__code="10800")
    assert home.depth == 2
    assert home.authority_vi == "Ủy ban nhân dân xã Xã số 0"
    assert home.address_vi == "Xã Xã số 0, huyện Thanh Hà, tỉnh Hải Dương"


def test_each_tier_gets_the_sections_that_its_blueprint_lists(units: Any) -> None:
    ProvisionAction(under="30").execute()
    for tier, code in (("province", "30"), ("district", "294"), ("commune", "10800")):
        planned = BlueprintSection.objects.filter(blueprint__tier=tier).values_list(
            "section__code", flat=True
        )
        made = SectionPage.objects.filter(unit__code=code).values_list("section__code", flat=True)
        assert set(made) == set(planned)
    english = SectionPage.objects.get(unit__code="30", section__code="thu-tuc-hanh-chinh")
    assert english.headline_en == "Administrative Procedures"


def test_home_pages_are_siblings(units: Any) -> None:
    ProvisionAction(under="30").execute()
    assert set(SiteHomePage.objects.values_list("depth", flat=True)) == {2}
    root = SiteHomePage.objects.first().get_parent()
    assert root.numchild == 7
    assert SiteHomePage.find_problems() == ([], [], [], [], [])


def test_a_second_run_changes_nothing(units: Any) -> None:
    ProvisionAction(under="30").execute()
    again = ProvisionAction(under="30").execute()
    assert (again.created, again.unchanged) == (0, 7)


def test_it_goes_on_where_it_was_interrupted(units: Any) -> None:
    ProvisionAction(under="10802").execute()
    report = ProvisionAction(under="30").execute()
    assert (report.created, report.unchanged) == (6, 1)


def test_one_failing_unit_does_not_stop_the_rest(units: Any) -> None:
    taken = AdministrativeUnit.objects.get(code="10803")
    ProvisionAction(under="294").execute()
    Site.objects.filter(root_page__unit__code__in=["10801", "10803"]).delete()
    SiteHomePage.objects.filter(unit__code__in=["10801", "10803"]).delete()
    Site.objects.create(
        hostname=taken.hostname, port=80, root_page=SiteHomePage.objects.get(unit__code="294")
    )

    report = ProvisionAction(under="30").execute()

    assert [failure["code"] for failure in report.failed] == ["10803"]
    assert report.created == 2
    assert SiteHomePage.objects.filter(unit__code="10801").exists()
    assert not SiteHomePage.objects.filter(unit__code="10803").exists()


def test_statements_do_not_grow_with_the_sites(units: Any) -> None:
    district = AdministrativeUnit.objects.get(code="294")
    ProvisionAction(under="10800").execute()
    with counted_queries() as one:
        ProvisionAction(under="10801").execute()
    for number in range(5, 45):
        make_unit(f"108{number:02}", f"Xã số {number}", district)
    with counted_queries() as many:
        ProvisionAction(under="294").execute()
    assert many.count <= one.count + 15


def test_a_blueprint_is_data(units: Any) -> None:
    ProvisionAction(under="10800").execute()
    own = Blueprint.objects.create(name="Gọn", tier="commune", theme="song-hong")
    BlueprintSection.objects.create(blueprint=own, section=Section.objects.get(code="thong-bao"))
    ProvisionAction(under="10801", blueprint="Gọn").execute()
    assert [page.slug for page in SectionPage.objects.filter(unit__code="10801")] == ["thong-bao"]
    assert SiteHomePage.objects.get(unit__code="10801").theme == "song-hong"


@pytest.mark.parametrize("code", ["99", "", "abc", "30 OR 1=1"])
def test_an_unknown_unit_is_refused(units: Any, code: str) -> None:
    with pytest.raises(ValidationError):
        ProvisionAction(under=code).execute()


def test_an_unknown_blueprint_is_refused(units: Any) -> None:
    with pytest.raises(ValidationError):
        ProvisionAction(under="30", blueprint="Không có").execute()


def test_the_command_prints_one_json_object(units: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("provision", under="294", json=True)
    assert set(json.loads(capsys.readouterr().out)) == {"created", "unchanged", "failed", "seconds"}
    with pytest.raises(CommandError) as refused:
        call_command("provision", under="99", json=True)
    assert refused.value.returncode == 1
