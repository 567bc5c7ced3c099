"""The portal office gives people roles; nobody else does."""

from __future__ import annotations

import pytest

from sites.people.models import Membership, Role
from tests.conftest import Province, SignedIn
from tests.factories import make_person


def test_a_superuser_gives_a_role_by_the_units_code(
    hai_duong: Province, signed_in: SignedIn
) -> None:
    office = signed_in(make_person(None))
    person = make_person(hai_duong.thanh_ha, username="canbo.moi")
    answer = office.post(
        "/memberships/new/", {"user": person.pk, "unit": "10867", "role": "editor"}
    )
    assert answer.status_code == 302
    assert Membership.objects.filter(user=person, unit=hai_duong.thanh_son, role="editor").exists()
    assert "canbo.moi" in office.get("/memberships/", {"q": "canbo"}).content.decode()


@pytest.mark.parametrize("code", ["99999", "", "abc"])
def test_an_unknown_unit_is_refused_and_the_form_keeps_what_was_typed(
    hai_duong: Province, signed_in: SignedIn, code: str
) -> None:
    office = signed_in(make_person(None))
    person = make_person(hai_duong.thanh_ha)
    answer = office.post("/memberships/new/", {"user": person.pk, "unit": code, "role": "editor"})
    assert answer.status_code == 200
    assert f'value="{code}"' in answer.content.decode() or not code
    assert person.memberships.count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_sees_or_changes_roles(
    hai_duong: Province, signed_in: SignedIn, role: Role
) -> None:
    person = make_person(hai_duong.province, role)
    membership = Membership.objects.get(user=person)
    client = signed_in(person)
    for path in ("/memberships/", "/memberships/new/", f"/memberships/edit/{membership.pk}/"):
        assert client.get(path).status_code == 302
    client.post("/memberships/new/", {"user": person.pk, "unit": "30", "role": "administrator"})
    client.post(f"/memberships/delete/{membership.pk}/")
    assert list(Membership.objects.filter(user=person)) == [membership]
