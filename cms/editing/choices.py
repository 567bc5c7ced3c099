"""What may be chosen in a form: pages, pictures and files of one's own units.

Choosers offer nothing else, but a browser can post any number. A form therefore asks the permission
policies about everything that it refers to and did not before: a page that was made from another
unit's keeps its pictures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model
from django.forms import BaseForm
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.basepage.models import BasePage
from cms.media.models import PortalDocument, PortalImage

OWNED: tuple[type[Model], ...] = (BasePage, PortalImage, PortalDocument)
Key = tuple[type[Model], str]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that a field of a form refers to. `block` is the last step of the way to it inside
    a stream ("image"; "item" for an entry of a list)."""

    form: BaseForm
    field: str
    key: Key
    block: str = ""


def refuse_foreign(form: Any, user: Any) -> bool:
    """Add an error to every field that refers to what a person may not choose; whether any does.

    `form` is a validated page form with its formsets. What is refused leaves the form, so that
    showing it again tells nothing about it; everything else that was typed stays.
    """
    if user is None or user.is_superuser:
        return False
    forms = list(_with_formsets(form))
    known = {ref.key for one in forms for ref in _references(one, one.initial)}
    posted = [ref for one in forms for ref in _references(one, _posted(one))]
    wanted = [ref for ref in posted if ref.key not in known]
    foreign = {ref.key for ref in wanted} - _choosable({ref.key for ref in wanted}, user)
    refused = [ref for ref in wanted if ref.key in foreign]
    for ref in refused:
        _blank(ref)
    for one, field in dict.fromkeys((ref.form, ref.field) for ref in refused):
        one.add_error(field, _("This belongs to another unit and cannot be used here."))
    return bool(refused)


def _with_formsets(form: Any) -> Iterator[BaseForm]:
    """A form and all forms in its formsets."""
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _with_formsets(child)


def _posted(form: BaseForm) -> dict[str, Any]:
    """What was posted, whether or not it was right: it is all shown again."""
    return {name: form[name].value() for name in form.fields}


def _references(form: Any, values: Mapping[str, Any]) -> Iterator[Reference]:
    """What the values of a form refer to, among what belongs to units."""
    for name in form.fields:
        value = values.get(name)
        if not value:
            continue
        try:
            field = form._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        for model, pk, block in _of_field(field, value):
            owner = next((owned for owned in OWNED if issubclass(model, owned)), None)
            if owner is not None and str(pk).isdecimal():
                yield Reference(form, name, (owner, str(pk)), block)


def _of_field(field: Any, value: Any) -> Iterator[tuple[type[Model], Any, str]]:
    if isinstance(field, ForeignKey):
        yield field.related_model, getattr(value, "pk", value), ""  # type: ignore[misc]
    elif hasattr(field, "extract_references"):
        for model, pk, path, _content_path in field.extract_references(value):
            yield model, pk, path.rpartition(".")[2]


def _choosable(keys: set[Key], user: Any) -> set[Key]:
    """Those of some objects that a person may choose. One query per kind."""
    by_model: dict[type[Model], list[str]] = defaultdict(list)
    for model, pk in keys:
        by_model[model].append(pk)
    found: set[Key] = set()
    for model, pks in by_model.items():
        policy = policy_registry.get_by_type(model)
        if model is BasePage:
            own = policy.explorable_instances(user)
        else:
            own = policy.instances_user_has_any_permission_for(user, ["choose"])
        numbers = own.filter(pk__in=pks).order_by().values_list("pk", flat=True)
        found |= {(model, str(pk)) for pk in numbers}
    return found


def _blank(ref: Reference) -> None:
    """Take a refused number out of what was posted."""
    form: Any = ref.form
    form.data = form.data.copy()
    name, number = form.add_prefix(ref.field), ref.key[1]
    endings = ("-value",) if ref.block == "item" else (f"-{ref.block}", "-value")
    for key, value in list(form.data.items()):
        is_here = key == name if not ref.block else key.startswith(f"{name}-")
        if is_here and value == number and (not ref.block or key.endswith(endings)):
            form.data[key] = ""
        elif is_here or key == name:
            form.data[key] = _without_links(value, number)


def _without_links(value: Any, number: str) -> Any:
    """A posted rich text in which links and pictures with a number lead nowhere."""
    if not isinstance(value, str) or "entityMap" not in value:
        return value
    return value.replace(f'"id": {number},', '"id": 0,').replace(f'"id":{number},', '"id":0,')
