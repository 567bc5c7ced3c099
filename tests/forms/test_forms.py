"""Forms: filled in, refused with reasons, kept for the unit's people, forgotten in time."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.forms import guard
from cms.forms.actions import ForgetAction
from cms.forms.models import Attempt, FormField, FormPage, Submission
from cms.forms.queries import open_forms
from sites.people.models import Role
from tests.conftest import Province, Reader, RunTasks, SignedIn
from tests.factories import make_person, push
from tests.listed import listed

SECTION = "hoi-dap"
FIELDS = [
    ("singleline", "Họ và tên", "Name", "", ""),
    ("radio", "Về việc", "Subject", "Đường sá\nMôi trường", "Roads\nEnvironment"),
    ("multiline", "Nội dung", "Message", "", ""),
]
FILLED = {
    "ho_va_ten": "Lê Bạch Mai", "ve_viec": "Môi trường", "noi_dung": "Kênh bị tắc.", "dong_y": "1",
}  # fmt: skip


def make_form(unit: Any, **values: Any) -> FormPage:
    values.setdefault("consent_vi", "Chỉ dùng để trả lời bạn.")
    page = listed(unit, SECTION, FormPage(title="Gửi góp ý", headline_en="Suggest", **values))
    for order, (kind, label, english, choices, in_english) in enumerate(FIELDS):
        FormField.objects.create(
            page=page, sort_order=order, field_type=kind, label_vi=label, label_en=english,
            choices_vi=choices, choices_en=in_english,
        )  # fmt: skip
    return page


@pytest.fixture
def form(hai_duong: Province) -> FormPage:
    return make_form(hai_duong.thanh_son)


def stamped(page: FormPage, age: float = 60) -> dict[str, str]:
    """What a form sends that was fetched some seconds ago."""
    from unittest.mock import patch

    moment = timezone.now().timestamp() - age
    with patch("django.core.signing.time.time", return_value=moment):
        return FILLED | {guard.STAMP: guard.new_stamp(page)}


def address(page: FormPage) -> str:
    return f"/{SECTION}/{page.slug}/"


def test_somebody_sends_a_form_and_gets_a_reference(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    shown = client.get(address(form)).content.decode()
    assert "Chỉ dùng để trả lời bạn." in shown
    answer = client.post(address(form), stamped(form))
    assert answer.status_code == 303
    kept = Submission.objects.get()
    assert kept.form_data == {
        "ho_va_ten": "Lê Bạch Mai", "ve_viec": "Môi trường", "noi_dung": "Kênh bị tắc.",
    }  # fmt: skip
    assert kept.consent == "Chỉ dùng để trả lời bạn."
    assert kept.reference in client.get(answer["Location"]).content.decode()


def test_the_thanks_cannot_be_forged(hai_duong: Province, form: FormPage, reader: Reader) -> None:
    html = reader(hai_duong.thanh_son).get(f"{address(form)}?da-gui=XXXX-XXXX").content.decode()
    assert "XXXX-XXXX" not in html.split("<main")[1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ho_va_ten": ""}, "Họ và tên"),
        ({"dong_y": ""}, "đồng ý"),
        ({"ve_viec": "Khác"}, "Về việc"),
        ({"noi_dung": "x" * 5001}, "Nội dung"),
        ({guard.STAMP: "x"}, "gửi một lần nữa"),
        ({guard.STAMP: ""}, "gửi một lần nữa"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    hai_duong: Province, form: FormPage, reader: Reader, change: dict[str, str], says: str
) -> None:
    answer = reader(hai_duong.thanh_son).post(address(form), stamped(form) | change)
    html = answer.content.decode()
    assert answer.status_code == 422
    summary = html[html.index('role="alert"') : html.index('<form class="form"')]
    assert says in summary
    if "noi_dung" not in change:
        assert "Kênh bị tắc." in html
    assert not Submission.objects.exists()


def test_fields_are_tied_to_their_errors(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    answer = reader(hai_duong.thanh_son).post(address(form), stamped(form) | {"ho_va_ten": ""})
    html = answer.content.decode()
    assert 'href="#id_ho_va_ten"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_ho_va_ten_error"' in html
    assert 'id="id_ho_va_ten_error"' in html


@pytest.mark.parametrize("age", [1, 13 * 3600])
def test_too_fast_and_too_old_must_be_sent_again(
    hai_duong: Province, form: FormPage, reader: Reader, age: int
) -> None:
    client = reader(hai_duong.thanh_son)
    answer = client.post(address(form), stamped(form, age))
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_a_stamp_of_another_form_is_none(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    other = make_form(hai_duong.thanh_hong)
    answer = reader(hai_duong.thanh_son).post(address(form), stamped(other))
    assert answer.status_code == 422


def test_a_robot_is_thanked_and_forgotten(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    answer = client.post(address(form), stamped(form) | {guard.TRAP: "http://spam.example"})
    assert answer.status_code == 303
    assert not Submission.objects.exists()


def test_the_same_text_is_one_submission(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    first = client.get(client.post(address(form), stamped(form))["Location"]).content.decode()
    second = client.get(client.post(address(form), stamped(form))["Location"]).content.decode()
    reference = Submission.objects.get().reference
    assert reference in first
    assert reference in second


def test_one_address_sends_a_few_in_an_hour(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    for number in range(guard.PER_HOUR):
        answer = client.post(address(form), stamped(form) | {"noi_dung": f"Việc {number}"})
        assert answer.status_code == 303
    answer = client.post(address(form), stamped(form) | {"noi_dung": "Việc nữa"})
    assert answer.status_code == 429
    assert "Việc nữa" in answer.content.decode()
    other = Client(HTTP_HOST=hai_duong.thanh_son.hostname, REMOTE_ADDR="203.0.113.9")
    assert other.post(address(form), stamped(form) | {"noi_dung": "Khác"}).status_code == 303
    assert "127.0.0.1" not in "".join(Attempt.objects.values_list("key", flat=True))


def test_choices_are_kept_in_vietnamese_whatever_was_read(
    hai_duong: Province, form: FormPage, reader: Reader
) -> None:
    client = reader(hai_duong.thanh_son)
    html = client.get(f"/en{address(form)}").content.decode()
    assert "Environment" in html
    assert 'value="Môi trường"' in html
    assert client.post(f"/en{address(form)}", stamped(form)).status_code == 303
    assert Submission.objects.get().form_data["ve_viec"] == "Môi trường"


def test_a_received_form_goes_to_the_unit_that_made_it(hai_duong: Province, reader: Reader) -> None:
    form = make_form(hai_duong.province)
    push(form, "under:30")
    path = f"/{SECTION}/{form.slug}~{form.pk}/"
    client = reader(hai_duong.thanh_son)
    assert "tỉnh Hải Dương" in client.get(path).content.decode()
    assert client.post(path, stamped(form)).status_code == 303
    assert Submission.objects.get().page_id == form.pk


def test_a_closed_form_says_so(hai_duong: Province, reader: Reader) -> None:
    past = timezone.now() - datetime.timedelta(days=1)
    form = make_form(hai_duong.thanh_son, closes_at=past)
    client = reader(hai_duong.thanh_son)
    assert client.get(address(form)).status_code == 410
    assert client.post(address(form), stamped(form)).status_code == 410
    assert not Submission.objects.exists()
    assert open_forms(hai_duong.thanh_son, 3) == []


def test_the_unit_is_told_without_the_data(
    hai_duong: Province, reader: Reader, run_tasks: RunTasks
) -> None:
    form = make_form(hai_duong.thanh_son, to_address="mot@x.example, hai@x.example")
    reader(hai_duong.thanh_son).post(address(form), stamped(form))
    run_tasks()
    (message,) = mail.outbox
    assert message.to == ["mot@x.example", "hai@x.example"]
    assert Submission.objects.get().reference in message.subject
    assert "Bạch Mai" not in f"{message.subject}{message.body}"
    assert f"/forms/submissions/{form.pk}/" in message.body


def test_submissions_are_forgotten_in_time(hai_duong: Province, form: FormPage) -> None:
    long = make_form(hai_duong.thanh_hong, keep_days=365)
    for page, days in ((form, 10), (form, 200), (long, 200)):
        made = Submission.objects.create(
            page_id=page.pk, form_data={}, consent="", fingerprint=f"{page.pk}{days}",
            reference=guard.new_reference(),
        )  # fmt: skip
        then = timezone.now() - datetime.timedelta(days=days)
        Submission.objects.filter(pk=made.pk).update(submit_time=then)
    assert ForgetAction().execute() == 1
    assert sorted(Submission.objects.values_list("page_id", flat=True)) == sorted(
        [form.pk, long.pk]
    )


def test_only_the_units_people_read_export_and_delete(
    hai_duong: Province, form: FormPage, reader: Reader, signed_in: SignedIn
) -> None:
    reader(hai_duong.thanh_son).post(address(form), stamped(form))
    kept = Submission.objects.get()
    base = f"/forms/submissions/{form.pk}/"
    own = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    foreign = [hai_duong.thanh_hong, hai_duong.thanh_ha, hai_duong.province]
    for unit in foreign:
        client = signed_in(make_person(unit, Role.ADMINISTRATOR))
        for path in (base, f"{base}results/", f"{base}?export=csv", f"{base}?export=xlsx"):
            answer = client.get(path)
            assert answer.status_code in (302, 403, 404), path
        client.post(f"{base}delete/?selected-submissions={kept.pk}")
        assert "Gửi góp ý" not in client.get("/forms/").content.decode()
    assert Submission.objects.filter(pk=kept.pk).exists()
    assert kept.reference in own.get(base).content.decode()
    export: Any = own.get(f"{base}?export=csv")
    table = b"".join(export.streaming_content).decode()
    assert "Bạch Mai" in table
    own.post(f"{base}delete/?selected-submissions={kept.pk}")
    assert not Submission.objects.exists()


def test_editors_build_forms_in_both_languages(hai_duong: Province, signed_in: SignedIn) -> None:
    from tests.factories import section_of

    parent = section_of(hai_duong.thanh_son, SECTION)
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    prefix = "form_fields-0-"
    answer = client.post(
        f"/pages/add/forms/formpage/{parent.pk}/",
        {
            "title": "Đăng ký", "slug": "dang-ky", "consent_vi": "Chỉ để sắp lịch.",
            "keep_days": 30, "action-publish": "1", "body_vi-count": 0, "body_en-count": 0,
            "form_fields-TOTAL_FORMS": 1, "form_fields-INITIAL_FORMS": 0,
            "form_fields-MIN_NUM_FORMS": 0, "form_fields-MAX_NUM_FORMS": 1000,
            f"{prefix}label_vi": "Địa chỉ", f"{prefix}label_en": "Address",
            f"{prefix}field_type": "singleline", f"{prefix}required": "on",
            f"{prefix}ORDER": 1, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    field = FormField.objects.get(page__title="Đăng ký")
    assert (field.label_vi, field.label_en, field.clean_name) == ("Địa chỉ", "Address", "dia_chi")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00", "😀" * 200, "'; DROP TABLE"])
def test_hostile_text_is_kept_as_text_or_refused(
    hai_duong: Province, form: FormPage, reader: Reader, text: str
) -> None:
    answer = reader(hai_duong.thanh_son).post(address(form), stamped(form) | {"noi_dung": text})
    assert answer.status_code in (303, 422)
    assert b"<script>alert" not in answer.content


def test_the_section_offers_its_open_forms(hai_duong: Province, reader: Reader) -> None:
    own = make_form(hai_duong.thanh_son)
    past = timezone.now() - datetime.timedelta(days=1)
    closed = make_form(hai_duong.thanh_son, closes_at=past, slug="dong")
    received = make_form(hai_duong.province)
    push(received, "under:30")
    html = reader(hai_duong.thanh_son).get(f"/{SECTION}/").content.decode()
    assert f'href="{address(own)}"' in html
    assert f"~{received.pk}/" in html
    assert f'href="{address(closed)}"' not in html


def test_the_list_of_forms_names_no_other_units_people(
    hai_duong: Province, form: FormPage, signed_in: SignedIn, run_tasks: RunTasks
) -> None:
    foreign = make_form(hai_duong.thanh_hong)
    FormPage.objects.filter(pk=foreign.pk).update(
        owner=make_person(hai_duong.thanh_hong, username="nguoi-khac")
    )
    client = signed_in(make_person(hai_duong.thanh_son, Role.EDITOR))
    run_tasks()
    for path in ("/forms/", "/forms/results/", "/forms/?q=góp"):
        html = client.get(path).content.decode()
        assert "Gửi góp ý" in html
        assert "nguoi-khac" not in html
        assert hai_duong.thanh_hong.hostname not in html
