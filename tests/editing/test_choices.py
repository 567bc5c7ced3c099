"""A number of another unit's page, picture or file, posted into any form of a page, is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import ForeignKey, Model
from django.http import QueryDict
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from cms.articles.models import ArticlePage
from cms.basepage.models import BasePage
from cms.editing.choices import OWNED
from cms.media.models import PortalDocument
from sites.people.models import Role
from sites.units.models import AdministrativeUnit
from tests.conftest import Province, SignedIn
from tests.factories import make_article, make_person, section_of
from tests.themes.pictures import make_image

MARK = "ZXQKHAC"
REFUSED = "thuộc đơn vị khác"
TYPES = [model for model in get_page_models() if model is not BasePage]


class Owner:
    """Pages of every type, a picture and a file of one unit, all marked."""

    def __init__(self, unit: AdministrativeUnit) -> None:
        self.unit = unit
        self.image = make_image(unit)
        self.image.title = self.image.description = f"{MARK} ảnh"
        self.image.save()
        file = ContentFile(b"%PDF-1.4", name="x.pdf")
        self.document = PortalDocument.objects.create(title=f"{MARK} tệp", unit=unit, file=file)
        self.page = make_article(unit, f"{MARK} nháp", live=False)

    def one_of(self, model: type[Model]) -> int:
        """The number of something of a model."""
        for made in (self.image, self.document):
            if issubclass(type(made), model):
                return int(made.pk)
        return int(self.page.pk)


def form_of(model: Any, unit: AdministrativeUnit, **data: Any) -> Any:
    """The form in which an editor of a unit makes a page of a type, as a browser posts it."""
    person = make_person(unit, Role.ADMINISTRATOR)
    parent = section_of(unit, "gioi-thieu")
    kind = model.get_edit_handler().get_form_class()
    empty = kind(instance=model(unit=unit), parent_page=parent, for_user=person)
    posted = QueryDict(mutable=True)
    posted.update({"title": "Bài của xã"})
    for name, formset in empty.formsets.items():
        for part, value in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            posted[f"{formset.prefix}-{part}_FORMS"] = str(value)
        assert name
    for name, field in empty.fields.items():
        if hasattr(field, "block"):
            posted[f"{name}-count"] = "0"
    posted.update({key: str(value) for key, value in data.items()})
    return kind(posted, instance=model(unit=unit), parent_page=parent, for_user=person)


def owned_fields(form: Any, model: Any) -> Iterator[tuple[str, type[Model]]]:
    """The fields of a form that choose something that belongs to a unit."""
    for name in form.fields:
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if isinstance(field, ForeignKey) and issubclass(field.related_model, OWNED):
            yield name, field.related_model  # type: ignore[misc]


def choosers(block: Block, prefix: str, data: dict[str, str]) -> Iterator[tuple[str, Any, Any]]:
    """`(posted name, model, data around it)` of every chooser inside a block."""
    if isinstance(block, ChooserBlock):
        yield prefix, block.model_class, data
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from choosers(child, f"{prefix}-{name}", data)
    elif isinstance(block, ListBlock):
        around = data | {
            f"{prefix}-count": "1",
            f"{prefix}-0-order": "0",
            f"{prefix}-0-deleted": "",
        }
        yield from choosers(block.child_block, f"{prefix}-0-value", around)
    elif isinstance(block, StreamBlock):
        for name, child in block.child_blocks.items():
            around = data | {
                f"{prefix}-count": "1", f"{prefix}-0-order": "0", f"{prefix}-0-deleted": "",
                f"{prefix}-0-type": name,
            }  # fmt: skip
            yield from choosers(child, f"{prefix}-0-value", around)


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_no_form_takes_what_is_another_units(hai_duong: Province, model: Any) -> None:
    foreign, own = Owner(hai_duong.thanh_hong), Owner(hai_duong.thanh_son)
    tried = 0
    for owner, refuses in ((foreign, True), (own, False)):
        for data, field in every_choice(model, hai_duong.thanh_son, owner):
            form = form_of(model, hai_duong.thanh_son, **data)
            form.defer_required_fields()
            form.is_valid()
            errors, html = shown(form)
            assert (REFUSED in errors) == refuses, (field, errors)
            if refuses:
                assert MARK not in html, field
                assert form["title"].value() == "Bài của xã"
            tried += 1
    assert tried or model.__name__ == "SectionPage"


def shown(form: Any) -> tuple[str, str]:
    """All errors of a validated form, and everything that is shown again."""
    forms = [form, *(child for formset in form.formsets.values() for child in formset.forms)]
    errors = " ".join(str(one.errors) for one in forms)
    html = " ".join(str(one[name]) for one in forms for name in one.fields)
    return errors, html


def every_choice(
    model: Any, unit: AdministrativeUnit, owner: Owner
) -> Iterator[tuple[dict[str, Any], str]]:
    """What a browser would post to choose the owner's things in each place of a form."""
    form = form_of(model, unit)
    for name, related in owned_fields(form, model):
        if issubclass(related, BasePage) and related is not BasePage:
            continue  # a chooser of one type: its own test
        yield {name: owner.one_of(related)}, name
    for formset in form.formsets.values():
        child = formset.empty_form
        for name, related in owned_fields(child, child._meta.model):
            if issubclass(related, BasePage) and related is not BasePage:
                continue
            prefix = formset.prefix
            yield {
                f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-{name}": owner.one_of(related),
                f"{prefix}-0-ORDER": 1,
            }, f"{prefix}.{name}"  # fmt: skip
    for name in form.fields:
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if isinstance(field, StreamField):
            for key, related, around in choosers(field.stream_block, name, {}):
                yield around | {key: owner.one_of(related)}, key


def test_an_office_and_a_document_of_another_unit(hai_duong: Province) -> None:
    from cms.documents.models import DocumentPage
    from cms.organisation.models import OfficePage, OfficialPage
    from tests.documents.factories import make_document

    foreign = make_document(hai_duong.thanh_hong, "5/QĐ-UBND", f"{MARK} về việc")
    office = OfficePage(title=f"{MARK} phòng", live=False)
    section_of(hai_duong.thanh_hong, "to-chuc-bo-may").add_child(instance=office)
    for model, data in (
        (OfficialPage, {"office": office.pk}),
        (OfficePage, {"parent_office": office.pk}),
        (
            DocumentPage,
            {"relations-TOTAL_FORMS": 1, "relations-0-kind": "replaces",
             "relations-0-target": foreign.pk},
        ),
    ):  # fmt: skip
        form = form_of(model, hai_duong.thanh_son, **data)
        form.defer_required_fields()
        form.is_valid()
        errors, html = shown(form)
        assert REFUSED in errors, model
        assert MARK not in html, model


def test_links_and_pictures_in_texts(hai_duong: Province) -> None:
    foreign = Owner(hai_duong.thanh_hong)
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": foreign.page.pk, "url": "/"}}
    block = {
        "key": "a", "text": "xem bài", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
    }  # fmt: skip
    text = json.dumps({"blocks": [block], "entityMap": {"0": entity}})
    form = form_of(
        ArticlePage, hai_duong.thanh_son,
        **{"body_vi-count": 1, "body_vi-0-order": 0, "body_vi-0-deleted": "",
           "body_vi-0-type": "paragraph", "body_vi-0-value": text},
    )  # fmt: skip
    assert not form.is_valid()
    errors, html = shown(form)
    assert REFUSED in errors
    assert foreign.page.slug not in html
    assert "xem b" in html


def test_what_stood_there_before_stays(hai_duong: Province, signed_in: SignedIn) -> None:
    """A page taken over from the province keeps the province's pictures."""
    foreign = Owner(hai_duong.province)
    page = make_article(hai_duong.thanh_son, "Bài nhận về", image=foreign.image)
    client = signed_in(make_person(hai_duong.thanh_son))
    address = f"/pages/{page.pk}/edit/"
    data: dict[str, Any] = {
        "title": "Tên mới", "slug": page.slug, "image": foreign.image.pk,
        "public_at": "2026-06-05 08:00", "body_vi-count": 0, "body_en-count": 0,
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(address, data).status_code == 302
    other = Owner(hai_duong.province)
    answer = client.post(address, data | {"image": other.image.pk, "author": "Ban Biên tập xã"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert REFUSED in html
    assert "Ban Biên tập xã" in html
    assert f"{MARK} ảnh" not in html
    office = signed_in(make_person(None))
    assert office.post(address, data | {"image": other.image.pk}).status_code == 302
