"""A file that could not be read is listed for those who can replace it, and for nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.media.models import PortalDocument
from search.files.models import FileText, State
from search.files.work import MOST_ATTEMPTS, mark_due, read_next, unread_ids
from sites.people.models import Role
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, SignedIn
from tests.factories import make_person

from . import makers

pytestmark = pytest.mark.django_db
ADDRESSES = ("/reports/tep-chua-doc/", "/reports/tep-chua-doc/results/")


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def make_locked(unit: AdministrativeUnit, title: str) -> PortalDocument:
    data = makers.make_pdf("Mật", locked=True)
    return PortalDocument.objects.create(
        title=title, unit=unit, file=ContentFile(data, name="mat.pdf")
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_owner_sees_the_reason_and_nobody_elses_files(
    hai_duong: Province, signed_in: SignedIn, address: str
) -> None:
    make_locked(hai_duong.thanh_son, "Tệp của mình")
    make_locked(hai_duong.thanh_hong, "Tệp của xã khác")
    while read_next():
        pass
    page = signed_in(make_person(hai_duong.thanh_son)).get(address).content.decode()
    assert "Tệp của mình" in page
    assert "Có mật khẩu bảo vệ" in page
    assert "Bỏ mật khẩu" in page
    assert "Tệp của xã khác" not in page


def test_the_export_holds_no_foreign_files(hai_duong: Province, signed_in: SignedIn) -> None:
    make_locked(hai_duong.thanh_son, "Tệp của mình")
    make_locked(hai_duong.thanh_hong, "Tệp của xã khác")
    while read_next():
        pass
    client = signed_in(make_person(hai_duong.thanh_son))
    answer: Any = client.get(ADDRESSES[0], {"export": "csv"})
    exported = b"".join(answer.streaming_content).decode()
    assert exported.startswith("\ufeff")
    assert "Tệp của mình" in exported
    assert "Bỏ mật khẩu rồi tải tệp lên lại" in exported
    assert "+00:00" not in exported
    assert "Tệp của xã khác" not in exported


def test_titles_are_no_formulas(hai_duong: Province, signed_in: SignedIn) -> None:
    make_locked(hai_duong.thanh_son, "=HYPERLINK(A1)")
    assert read_next()
    client = signed_in(make_person(hai_duong.thanh_son))
    answer: Any = client.get(ADDRESSES[0], {"export": "csv"})
    assert "'=HYPERLINK" in b"".join(answer.streaming_content).decode()
    assert "file text" not in client.get(ADDRESSES[0]).content.decode()


def test_contributors_see_only_what_they_uploaded(hai_duong: Province, signed_in: SignedIn) -> None:
    person = make_person(hai_duong.thanh_son, Role.CONTRIBUTOR)
    own = make_locked(hai_duong.thanh_son, "Tệp tự tải lên")
    PortalDocument.objects.filter(pk=own.pk).update(uploaded_by_user=person)
    make_locked(hai_duong.thanh_son, "Tệp của đồng nghiệp")
    while read_next():
        pass
    page = signed_in(person).get(ADDRESSES[0]).content.decode()
    assert "Tệp tự tải lên" in page
    assert "Tệp của đồng nghiệp" not in page


def test_a_file_that_is_gone_is_reported_and_read_when_it_is_back(hai_duong: Province) -> None:
    file = make_locked(hai_duong.thanh_son, "Tệp")
    stored = Path(file.file.path)
    stored.unlink()
    assert read_next()
    assert FileText.objects.get().state == State.MISSING
    stored.write_bytes(makers.make_pdf("Đã có lại"))
    mark_due(unread_ids(again=True))
    assert read_next()
    text = FileText.objects.get()
    assert text.state == State.OK
    assert [page.text for page in text.pages.all()] == ["Đã có lại"]


def test_a_file_over_which_readers_die_is_given_up(hai_duong: Province) -> None:
    make_locked(hai_duong.thanh_son, "Tệp")
    FileText.objects.update(attempts=MOST_ATTEMPTS)
    assert read_next()
    text = FileText.objects.get()
    assert (text.state, text.due) == (State.CORRUPT, False)
    assert not read_next()


def test_a_file_that_another_reader_has_is_left_to_it(hai_duong: Province) -> None:
    make_locked(hai_duong.thanh_son, "Tệp")
    FileText.objects.update(taken_at=timezone.now())
    assert not read_next()
