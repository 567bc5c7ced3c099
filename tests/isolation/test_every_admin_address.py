"""A commune's editor walks every address of the editors' side with other units' keys in it.

Nothing of anyone else's may be read (no answer holds the marker that all foreign things carry) and
nothing may be changed (all foreign rows are the same afterwards).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from PIL import Image as Pillow
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Task, Workflow

from cms.articles.models import ArticlePage
from cms.forms.models import FormPage, Submission
from cms.media.models import PortalDocument, PortalImage
from cms.tags.models import Tag
from search.office.models import Promotion, Synonym
from sites.distribution.models import Distribution
from sites.people.models import Role, User
from tests.conftest import Province, Reader, RunTasks, SignedIn
from tests.factories import make_article, make_person, push, section_of, site_of
from tests.isolation.walk import Address, addresses, routes

MARK = "ZXQKHAC"
# Leaves the session, or is meant for everybody.
SKIPPED = {"logout/", "failwhale/"}


@pytest.fixture
def foreign(hai_duong: Province, tmp_path: Path, settings: Any, png: Any) -> dict[str, Any]:
    """One of everything, all of it another unit's and all of it marked."""
    settings.MEDIA_ROOT = tmp_path
    unit = hai_duong.thanh_hong
    owner = make_person(
        unit, Role.ADMINISTRATOR, username=f"{MARK}-nguoi", first_name=f"{MARK} Tên"
    )
    draft = make_article(unit, f"{MARK} kho bản nháp", live=False, owner=owner)
    draft.tags.add(f"{MARK} thẻ")
    draft.save()
    # Published titles are for everybody; what is being written about them is not.
    live = make_article(hai_duong.province, "Kho bài của tỉnh", owner=owner)
    pushed = make_article(hai_duong.thanh_ha, "Kho bài của huyện")
    ArticlePage.objects.update(draft_title=f"{MARK} kho sửa dở")
    draft.get_workflow().start(draft, owner)
    image = PortalImage.objects.create(
        title=f"{MARK} kho ảnh", unit=unit, uploaded_by_user=owner, file=png(f"{MARK}.png")
    )
    document = PortalDocument.objects.create(
        title=f"{MARK} kho tệp", unit=unit, uploaded_by_user=owner,
        file=ContentFile(b"%PDF-1.4", name=f"{MARK}.pdf"),
    )  # fmt: skip
    redirect = Redirect.objects.create(
        old_path=f"/{MARK}", site=site_of(unit), redirect_link="https://example.org/"
    )
    synonym = Synonym.objects.create(unit=unit, short=f"{MARK} gõ", long=f"{MARK} viết")
    promotion = Promotion.objects.create(unit=unit, queries=f"{MARK} tìm", page=live)
    form = FormPage(title="Kho góp ý", consent_vi="Để trả lời.")
    section_of(unit, "hoi-dap").add_child(instance=form)
    submission = Submission.objects.create(
        page_id=form.pk, form_data={"noi_dung": MARK}, reference=f"{MARK}-1", fingerprint="x"
    )
    return {
        "submission": submission, "synonym": synonym, "promotion": promotion,
        "draft": draft, "live": live, "image": image, "document": document, "owner": owner,
        "redirect": redirect, "distribution": push(pushed, "unit:10879", reason=MARK),
    }  # fmt: skip


@pytest.fixture
def png() -> Any:
    """A small picture."""

    def make(name: str) -> ImageFile:
        from io import BytesIO

        buffer = BytesIO()
        Pillow.new("RGB", (40, 30), "teal").save(buffer, "PNG")
        return ImageFile(BytesIO(buffer.getvalue()), name=name)

    return make


def body_of(answer: Any) -> bytes:
    """What an answer sends, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def every_address(foreign: dict[str, Any]) -> list[Address]:
    """All addresses, first with the foreign draft as the page, then with the foreign live page."""
    found: list[Address] = []
    for page in (foreign["draft"], foreign["live"]):
        state = foreign["draft"].current_workflow_state
        revision = str(page.latest_revision_id)
        parent = str(page.get_parent().pk)
        common = {
            "page_id": str(page.pk), "pk": str(page.pk), "page_to_move_id": str(page.pk),
            "parent_page_id": parent, "destination_id": parent, "page_pk": str(page.pk),
            "revision_id": revision, "revision_id_a": revision, "revision_id_b": "latest",
            "workflow_state_id": str(state.pk), "task_state_id": str(state.current_task_state_id),
            "task_id": str(Task.objects.first().pk),
            "workflow_pk": str(Workflow.objects.first().pk),
            "image_id": str(foreign["image"].pk), "document_id": str(foreign["document"].pk),
            "doc_id": str(foreign["document"].pk), "redirect_id": str(foreign["redirect"].pk),
            "uploaded_file_id": "1", "session_id": "1", "restriction_id": "1", "collection_id": "1",
            "page_view_restriction_id": "1", "object_id": str(page.pk), "action_name": "approve",
            "action": "delete", "app_label": "articles", "model_name": "articlepage",
            "content_type_app_name": "articles", "content_type_model_name": "articlepage",
            "app_name": "media", "filter_spec": "original", "path": f"{MARK}.png",
            "uidb64": "MQ", "token": "x", "key": "0b5fa5-f2a900-x",
            "slug": Tag.objects.get().slug, "number": "1", "language": "vi", "digest": "0" * 12,
        }  # fmt: skip
        owner = {"pk": str(foreign["owner"].pk)}
        prefixes = {
            "users/": owner,
            "sites/": {"pk": str(site_of(foreign["draft"].unit).pk)},
            "groups/": {"pk": "1"},
            "collections/": {"pk": "1"},
            "workflows/": {"pk": str(Workflow.objects.first().pk)},
            "workflows/tasks/": {"pk": str(Task.objects.first().pk)},
            "phan-phoi/": {"pk": str(foreign["distribution"].pk)},
            "images/chooser/": {"pk": str(foreign["image"].pk)},
            "documents/chooser/": {"pk": str(foreign["document"].pk)},
            "synonyms/": {"pk": str(foreign["synonym"].pk)},
            "promotions/": {"pk": str(foreign["promotion"].pk)},
            "tags/": {"pk": str(Tag.objects.get().pk)},
            "forms/": {"page_id": str(foreign["submission"].page_id)},
            "^(": {},
        }
        found += addresses(common, prefixes)
    return [address for address in dict.fromkeys(found) if address.route not in SKIPPED]


def snapshot(foreign: dict[str, Any]) -> list[Any]:
    """Everything foreign as it stands in the database."""
    connection.check_constraints()
    rows: list[Any] = []
    for thing in foreign.values():
        fresh = type(thing).objects.get(pk=thing.pk)
        rows.append({name: str(value) for name, value in model_to_dict(fresh).items()})
        if hasattr(fresh, "live"):
            rows.append((fresh.live, fresh.title, fresh.path, fresh.locked, fresh.expire_at))
    rows.append(User.objects.count())
    rows.append(list(Distribution.objects.values_list("recalled_at", "policy")))
    rows.append(ArticlePage.objects.count())
    return rows


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_nothing_foreign_is_read(
    hai_duong: Province,
    foreign: dict[str, Any],
    signed_in: SignedIn,
    run_tasks: RunTasks,
    role: Any,
) -> None:
    run_tasks()  # so that the admin search has everything
    make_article(hai_duong.thanh_son, "Bài của xã mình")
    client = signed_in(make_person(hai_duong.thanh_son, role, username="bientap-thanhson"))
    client.raise_request_exception = False
    leaks, broken, opened = [], [], 0
    for address in every_address(foreign):
        answer = client.get(address.path, {"q": "kho"})
        body = body_of(answer)
        opened += answer.status_code == 200
        if answer.status_code >= 500:
            broken.append(address.path)
        if MARK.encode() in body.replace(address.path.encode(), b""):
            leaks.append(address.path)
    assert not leaks, "\n".join(leaks)
    assert not broken, "\n".join(broken)
    assert opened > 20, "the walk must really open pages"


def test_nothing_foreign_is_changed(
    hai_duong: Province, foreign: dict[str, Any], signed_in: SignedIn
) -> None:
    client = signed_in(make_person(hai_duong.thanh_son, Role.ADMINISTRATOR))
    client.raise_request_exception = False
    before = snapshot(foreign)
    for address in every_address(foreign):
        client.post(
            address.path,
            {
                "title": "CHIẾM", "slug": "chiem", "action-publish": "1", "state": "hidden",
                "unit": hai_duong.thanh_hong.code, "step": "push", "scope": "below",
                "policy": "mandatory", "reason": "error", "username": "chiem", "next": "/",
                "id": [foreign["draft"].pk, foreign["live"].pk],
            },
        )  # fmt: skip
    assert snapshot(foreign) == before


def test_the_page_chooser_shows_only_own_pages(
    hai_duong: Province, foreign: dict[str, Any], signed_in: SignedIn, run_tasks: RunTasks
) -> None:
    own = make_article(hai_duong.thanh_son, "Bài của xã mình")
    run_tasks()
    client = signed_in(make_person(hai_duong.thanh_son))
    for path in ("/choose-page/search/", "/choose-page/"):
        answer = client.get(path, {"q": "kho"})
        assert MARK not in answer.content.decode()
    assert (
        own.title in client.get("/choose-page/search/", {"q": "Bài của xã mình"}).content.decode()
    )


def test_visitors_without_an_account_are_sent_to_the_login(
    hai_duong: Province, foreign: dict[str, Any], client: Client
) -> None:
    client.defaults["HTTP_HOST"] = "quantri.haiduong.localhost"
    client.raise_request_exception = False
    for address in every_address(foreign):
        answer = client.get(address.path)
        body = body_of(answer)
        assert MARK.encode() not in body.replace(address.path.encode(), b""), address.path


def test_the_editors_side_does_not_exist_on_public_hosts(
    hai_duong: Province, foreign: dict[str, Any], reader: Reader
) -> None:
    client = reader(hai_duong.province)
    public = set(routes("cms.public_urls"))
    for address in every_address(foreign):
        if not address.route or address.route in public:
            continue
        assert client.get(address.path, follow=True).status_code == 404, address.path
