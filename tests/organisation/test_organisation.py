"""Offices and officials: the chart, the leaders, and what may not be chosen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.organisation.chart import build_chart
from cms.organisation.models import OfficePage, OfficialPage
from cms.organisation.queries import leaders
from cms.sections.shown import Entry
from sites.people.models import Role
from tests.conftest import Province, Reader, SignedIn
from tests.factories import home_of, make_person, push, section_of
from tests.listed import listed

SECTION = "to-chuc-bo-may"


@pytest.fixture
def committee(hai_duong: Province) -> OfficePage:
    return listed(hai_duong.province, SECTION, OfficePage(title="Ủy ban nhân dân tỉnh", order=1))


def test_the_chart_nests_offices_and_names_their_heads(
    hai_duong: Province, committee: OfficePage, reader: Reader
) -> None:
    office = OfficePage(title="Văn phòng", parent_office=committee, order=2)
    listed(hai_duong.province, SECTION, office)
    listed(
        hai_duong.province,
        SECTION,
        OfficialPage(title="Trần An Bình", position_vi="Chánh Văn phòng", office=office, rank=2),
    )
    html = reader(hai_duong.province).get(f"/{SECTION}/").content.decode()
    top = html.index("Ủy ban nhân dân tỉnh</a>")
    assert top < html.index("<ul>", top) < html.index("Văn phòng</a>") < html.index("Trần An Bình")


def test_offices_that_stand_under_each_other_still_appear() -> None:
    one, two = OfficePage(pk=1, title="Một"), OfficePage(pk=2, title="Hai")
    one.parent_office_id, two.parent_office_id = 2, 1
    nodes = build_chart([Entry(one, "/1/", False), Entry(two, "/2/", False)], [])
    assert len(nodes) == 1
    assert [node.entry.page.pk for node in nodes[0].below] == [2]


def test_an_office_cannot_stand_under_its_own_offices(
    hai_duong: Province, committee: OfficePage
) -> None:
    below = listed(
        hai_duong.province, SECTION, OfficePage(title="Sở Y tế", parent_office=committee)
    )
    committee.parent_office = below
    with pytest.raises(ValidationError) as error:
        committee.full_clean()
    assert "parent_office" in error.value.message_dict


def test_leaders_come_by_rank_and_only_from_the_top(
    hai_duong: Province, committee: OfficePage, django_assert_max_num_queries: Any
) -> None:
    unit = hai_duong.province
    below = listed(unit, SECTION, OfficePage(title="Sở Y tế", parent_office=committee))
    for title, office, rank in (("Phó", committee, 2), ("Trưởng", committee, 1), ("Sở", below, 0)):
        listed(
            unit, SECTION, OfficialPage(title=title, position_vi=title, office=office, rank=rank)
        )
    with django_assert_max_num_queries(3):
        assert [page.title for page in leaders(unit, 5)] == ["Trưởng", "Phó"]


def test_a_post_without_a_person_is_no_person_for_search_engines() -> None:
    post = OfficialPage(title="Chủ tịch UBND xã", position_vi="Chủ tịch UBND xã")
    assert post.structured_data("https://x/") == []
    named = OfficialPage(title="Lê Bạch Mai", position_vi="Chủ tịch UBND xã", phone="0220")
    assert named.structured_data("https://x/")[0]["@type"] == "Person"
    assert named.monogram == "LM"


@pytest.mark.parametrize("title", ["x" * 255, "Người", "123", "Ng" + "u" * 100 + " Bình"])
def test_strange_names_hold(hai_duong: Province, reader: Reader, title: str) -> None:
    person = OfficialPage(title=title, position_vi="Chức vụ " * 20)
    listed(hai_duong.thanh_son, SECTION, person)
    client = reader(hai_duong.thanh_son)
    assert client.get(f"/{SECTION}/").status_code == 200
    assert client.get(f"/{SECTION}/{person.slug}/").status_code == 200


def test_an_empty_section_says_what_to_do(hai_duong: Province, reader: Reader) -> None:
    answer = reader(hai_duong.thanh_son).get(f"/{SECTION}/")
    assert answer.status_code == 200
    assert "Chuyên mục này chưa có" in answer.content.decode() or "empty" in answer.content.decode()


def test_a_received_official_is_shown_below(
    hai_duong: Province, committee: OfficePage, reader: Reader
) -> None:
    person = OfficialPage(title="Vũ Hoàng Lan", position_vi="Chủ tịch", office=committee)
    listed(hai_duong.province, SECTION, person)
    push(person, "under:30")
    client = reader(hai_duong.thanh_son)
    assert f"/{SECTION}/{person.slug}~{person.pk}/" in client.get(f"/{SECTION}/").content.decode()
    shown = client.get(f"/{SECTION}/{person.slug}~{person.pk}/").content.decode()
    assert "Vũ Hoàng Lan" in shown
    # The office was not pushed; its link leads to where it stands.
    assert committee.get_full_url() in shown


@pytest.mark.parametrize("model", ["officepage", "officialpage"])
def test_foreign_offices_cannot_be_chosen(
    hai_duong: Province, committee: OfficePage, signed_in: SignedIn, model: str
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    parent = section_of(hai_duong.thanh_son, SECTION)
    field = "parent_office" if model == "officepage" else "office"
    client.post(
        f"/pages/add/organisation/{model}/{parent.pk}/",
        {
            "title": "Thử", "slug": "thu", field: committee.pk, "position_vi": "Thử",
            "order": 1, "rank": 1, "action-publish": "1", "body_vi-count": 0, "body_en-count": 0,
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert not OfficePage.objects.filter(parent_office=committee).exists()
    assert not OfficialPage.objects.filter(office=committee).exists()
    assert home_of(hai_duong.thanh_son).live


def test_an_own_office_can_be_chosen(hai_duong: Province, signed_in: SignedIn) -> None:
    own = listed(hai_duong.thanh_son, SECTION, OfficePage(title="Ủy ban nhân dân xã"))
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    parent = section_of(hai_duong.thanh_son, SECTION)
    answer = client.post(
        f"/pages/add/organisation/officepage/{parent.pk}/",
        {
            "title": "Tư pháp", "slug": "tu-phap", "parent_office": own.pk, "order": 1,
            "action-publish": "1", "body_vi-count": 0, "body_en-count": 0,
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    assert OfficePage.objects.get(title="Tư pháp").parent_office == own


def test_untranslated_fields_say_that_they_are_vietnamese(
    hai_duong: Province, reader: Reader
) -> None:
    office = OfficePage(
        title="Văn phòng", headline_en="Office", address_vi="Số 1", hours_vi="Sáng",
        hours_en="Mornings",
    )  # fmt: skip
    page = listed(hai_duong.province, SECTION, office)
    client = reader(hai_duong.province)
    english = client.get(f"/en/{SECTION}/{page.slug}/").content.decode()
    assert '<span lang="vi">Số 1</span>' in english
    assert "<dd>Mornings</dd>" in english
    assert "<dd>Số 1</dd>" in client.get(f"/{SECTION}/{page.slug}/").content.decode()
