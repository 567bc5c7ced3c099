"""What each role may do, computed from memberships alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from wagtail.models import GroupPagePermission

from sites.people.models import Membership, Role
from sites.people.policies import UnitPagePolicy
from tests.conftest import Province
from tests.factories import PASSWORD, home_of, make_article, make_person, section_of

POLICY = UnitPagePolicy()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CONTRIBUTOR, {"add"}),
        (Role.EDITOR, {"add", "edit", "publish", "lock"}),
        (Role.APPROVER, {"add", "edit", "publish", "lock", "unlock"}),
        (Role.ADMINISTRATOR, {"add", "edit", "publish", "lock", "unlock"}),
    ],
)
def test_a_role_on_ones_own_site(hai_duong: Province, role: Any, may: Any) -> None:
    person = make_person(hai_duong.thanh_son, role)
    permissions = make_article(hai_duong.thanh_son).permissions_for_user(person)
    section = section_of(hai_duong.thanh_son).permissions_for_user(person)
    found = {
        name
        for name, allowed in {
            "add": section.can_add_subpage(),
            "edit": permissions.can_edit(),
            "publish": permissions.can_publish(),
            "lock": permissions.can_lock(),
            "unlock": permissions.can_unlock(),
        }.items()
        if allowed
    }
    assert found == may


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("unit", ["province", "thanh_ha", "thanh_hong", "hop_tien"])
def test_no_role_reaches_another_site_above_below_or_beside(
    hai_duong: Province, role: Any, unit: Any
) -> None:
    person = make_person(hai_duong.thanh_son, role)
    other = make_article(getattr(hai_duong, unit))
    permissions = other.permissions_for_user(person)
    assert not permissions.can_edit()
    assert not permissions.can_publish()
    assert not permissions.can_delete()
    assert not permissions.can_move()
    assert not POLICY.explorable_instances(person).filter(pk=other.pk).exists()


def test_the_province_does_not_edit_its_communes(hai_duong: Province) -> None:
    person = make_person(hai_duong.province, Role.ADMINISTRATOR)
    assert not make_article(hai_duong.thanh_son).permissions_for_user(person).can_edit()


def test_a_contributor_edits_only_what_she_wrote(hai_duong: Province) -> None:
    person = make_person(hai_duong.thanh_son, Role.CONTRIBUTOR)
    own = make_article(hai_duong.thanh_son, live=False, owner=person)
    other = make_article(hai_duong.thanh_son, live=False)
    assert own.permissions_for_user(person).can_edit()
    assert not other.permissions_for_user(person).can_edit()
    editable = POLICY.instances_user_has_permission_for(person, "change")
    assert list(editable.values_list("pk", flat=True)) == [own.pk]
    assert other.pk != own.pk


def test_several_units_cost_one_condition(
    hai_duong: Province, django_assert_max_num_queries: Any
) -> None:
    person = make_person(hai_duong.thanh_son)
    for unit in (hai_duong.province, hai_duong.thanh_ha, hai_duong.hop_tien):
        Membership.objects.create(user=person, unit=unit, role=Role.EDITOR)
    with django_assert_max_num_queries(3):
        pages = list(POLICY.explorable_instances(person))
    assert home_of(hai_duong.thanh_hong) not in [page.specific for page in pages]
    assert str(POLICY.explorable_instances(person).query).count(" OR ") <= 1


def test_a_person_whose_membership_ends_loses_everything(hai_duong: Province) -> None:
    person = make_person(hai_duong.thanh_son, Role.ADMINISTRATOR)
    assert person.has_perm("wagtailadmin.access_admin")
    person.memberships.all().delete()
    again = type(person).objects.get(pk=person.pk)
    assert not again.has_perm("wagtailadmin.access_admin")
    assert not make_article(hai_duong.thanh_son).permissions_for_user(again).can_edit()


def test_an_inactive_person_may_nothing(hai_duong: Province) -> None:
    person = make_person(hai_duong.thanh_son, Role.ADMINISTRATOR)
    person.is_active = False
    person.save()
    assert not POLICY.user_has_any_permission(person, {"add", "change", "publish"})
    assert not person.has_perm("wagtailadmin.access_admin")


def test_the_approvers_of_a_unit_are_its_approvers_and_administrators(hai_duong: Province) -> None:
    editor = make_person(hai_duong.thanh_son, Role.EDITOR)
    approver = make_person(hai_duong.thanh_son, Role.APPROVER)
    administrator = make_person(hai_duong.thanh_son, Role.ADMINISTRATOR)
    make_person(hai_duong.thanh_hong, Role.APPROVER)
    article = make_article(hai_duong.thanh_son)
    unlocking = POLICY.users_with_permission_for_instance("unlock", article, False)
    assert set(unlocking) == {approver, administrator}
    assert editor in POLICY.users_with_permission_for_instance(
        "publish", make_article(hai_duong.thanh_son)
    )


def test_there_are_no_permission_rows_per_site(hai_duong: Province) -> None:
    make_person(hai_duong.thanh_son)
    assert not GroupPagePermission.objects.exists()


def test_the_public_password_opens_only_the_demonstration(
    hai_duong: Province, settings: Any
) -> None:
    person = make_person(hai_duong.thanh_son)
    person.set_password(settings.DEMO_PASSWORD)
    person.save()
    settings.DEMO = False
    assert authenticate(username=person.username, password=settings.DEMO_PASSWORD) is None
    settings.DEMO = True
    assert authenticate(username=person.username, password=settings.DEMO_PASSWORD) == person


def test_a_wrong_password_opens_nothing(hai_duong: Province) -> None:
    person = make_person(hai_duong.thanh_son)
    assert authenticate(username=person.username, password=PASSWORD) == person
    assert authenticate(username=person.username, password="sai") is None
