"""Vocabularies are the portal office's: shipped, kept, closed to everybody else."""

from __future__ import annotations

from typing import Any

import pytest

from cms.vocabularies.loading import load_vocabularies
from cms.vocabularies.lookup import issuer_name, name_of, terms
from cms.vocabularies.models import DocumentKind, Field, Issuer
from sites.people.models import Role
from tests.conftest import Province, SignedIn
from tests.factories import make_person


def test_loading_again_keeps_what_the_office_changed(hai_duong: Province) -> None:
    field: Any = Field.objects.get(code="dat-dai")
    field.name_vi = "Đất đai, đo đạc"
    field.save()
    count = DocumentKind.objects.count()
    load_vocabularies()
    assert name_of(Field, "dat-dai") == "Đất đai, đo đạc"
    assert DocumentKind.objects.count() == count
    assert name_of(Field, "khong-co") == "khong-co"


def test_a_local_body_is_named_after_its_unit(hai_duong: Province) -> None:
    body = terms(Issuer)["ubnd"]
    central = terms(Issuer)["chinh-phu"]
    assert isinstance(body, Issuer)
    assert isinstance(central, Issuer)
    assert issuer_name(body, hai_duong.thanh_ha) == "Ủy ban nhân dân huyện Thanh Hà"
    assert issuer_name(central, hai_duong.thanh_ha) == "Chính phủ"


@pytest.mark.parametrize("name", ["fields", "document-kinds", "issuers", "disclosure-groups"])
def test_only_the_portal_office_changes_vocabularies(
    hai_duong: Province, signed_in: SignedIn, name: str
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    for address in (f"/{name}/", f"/{name}/new/"):
        assert client.get(address).status_code in (302, 403)
    office = signed_in(make_person(None))
    assert office.get(f"/{name}/").status_code == 200
    assert office.get(f"/{name}/new/").status_code == 200
