"""What a receiving unit may decide for its own site."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from sites.distribution.actions import DecideAction, DistributionPermissionError
from sites.people.models import Role
from tests.conftest import Province, Reader
from tests.factories import make_article, make_person, push


def shown(reader: Reader, unit: Any, title: str) -> bool:
    return title in reader(unit).get("/tin-tuc/").content.decode()


def test_a_recommended_item_can_be_hidden_and_taken_back(
    hai_duong: Province, reader: Reader
) -> None:
    distribution = push(make_article(hai_duong.province, "Nên đăng"), "under:30")
    DecideAction(distribution, hai_duong.thanh_son, "hidden").execute()
    assert not shown(reader, hai_duong.thanh_son, "Nên đăng")
    assert shown(reader, hai_duong.thanh_hong, "Nên đăng")
    address = f"/tin-tuc/{distribution.page.slug}~{distribution.page_id}/"
    assert reader(hai_duong.thanh_son).get(address).status_code == 404

    DecideAction(distribution, hai_duong.thanh_son, None).execute()
    assert shown(reader, hai_duong.thanh_son, "Nên đăng")


def test_a_mandatory_item_cannot_be_hidden(hai_duong: Province, reader: Reader) -> None:
    distribution = push(
        make_article(hai_duong.province, "Phải đăng"), "under:30", policy="mandatory"
    )
    with pytest.raises(ValidationError):
        DecideAction(distribution, hai_duong.thanh_son, "hidden").execute()
    assert shown(reader, hai_duong.thanh_son, "Phải đăng")


def test_hiding_does_not_survive_a_change_to_mandatory(hai_duong: Province, reader: Reader) -> None:
    article = make_article(hai_duong.province, "Thành bắt buộc")
    distribution = push(article, "under:30")
    DecideAction(distribution, hai_duong.thanh_son, "hidden").execute()
    push(article, "under:30", policy="mandatory")
    assert shown(reader, hai_duong.thanh_son, "Thành bắt buộc")


def test_a_library_item_appears_once_it_is_accepted(hai_duong: Province, reader: Reader) -> None:
    distribution = push(make_article(hai_duong.province, "Trong kho"), "under:30", policy="library")
    DecideAction(distribution, hai_duong.thanh_son, "accepted").execute()
    assert shown(reader, hai_duong.thanh_son, "Trong kho")
    assert not shown(reader, hai_duong.thanh_hong, "Trong kho")


def test_only_addressed_units_decide(hai_duong: Province) -> None:
    distribution = push(make_article(hai_duong.province), "under:294")
    with pytest.raises(ValidationError):
        DecideAction(distribution, hai_duong.hop_tien, "hidden").execute()


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, None])
def test_only_editors_of_the_unit_decide(hai_duong: Province, role: Any) -> None:
    distribution = push(make_article(hai_duong.province), "under:30")
    unit = hai_duong.thanh_son if role else hai_duong.thanh_hong
    person = make_person(unit, role or Role.ADMINISTRATOR)
    with pytest.raises(DistributionPermissionError):
        DecideAction(distribution, hai_duong.thanh_son, "hidden", user=person).execute()
