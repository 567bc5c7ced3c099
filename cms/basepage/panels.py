"""The editor of a page: one tab per language, one for address, dates and comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets.slug import SlugInput

from .forms import PageForm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Wagtail's script turns đ into "dj" and drops letters with two marks (wagtail/utils/urlify.js).
TO_ASCII = [
    ("[àáạảãâầấậẩẫăằắặẳẵÀÁẠẢÃÂẦẤẬẨẪĂẰẮẶẲẴ]", "a"),
    ("[èéẹẻẽêềếệểễÈÉẸẺẼÊỀẾỆỂỄ]", "e"),
    ("[ìíịỉĩÌÍỊỈĨ]", "i"),
    ("[òóọỏõôồốộổỗơờớợởỡÒÓỌỎÕÔỒỐỘỔỖƠỜỚỢỞỠ]", "o"),
    ("[ùúụủũưừứựửữÙÚỤỦŨƯỪỨỰỬỮ]", "u"),
    ("[ỳýỵỷỹỲÝỴỶỸ]", "y"),
    ("[đĐ]", "d"),
]


def page_tabs(
    translated: Mapping[str, StrPromise], shared: Sequence[Panel] = (), dated: bool = False
) -> TabbedInterface:
    """Panels for `title` and the translated fields (with their labels), in a tab per language.

    `shared` fields, which have no language, stand in the Vietnamese tab below the title. `dated`
    adds the public date. Panels always name one language's field (`body_vi`), never the base
    field, which follows the language of the editor's interface.
    """
    tabs = [_language_tab(code, name, translated, shared) for code, name in settings.LANGUAGES]
    address: list[Panel] = [FieldPanel("slug", widget=SlugInput(formatters=TO_ASCII))]
    if dated:
        address.append(FieldPanel("public_at"))
    address += [PublishingPanel(), CommentPanel()]
    tabs.append(ObjectList(address, heading=_("Address and dates")))
    return TabbedInterface(tabs, base_form_class=PageForm)


def _language_tab(
    code: str, name: str, translated: Mapping[str, StrPromise], shared: Sequence[Panel]
) -> ObjectList:
    fields = [
        FieldPanel(build_localized_fieldname(field, code), heading=label)
        for field, label in translated.items()
    ]
    if code == settings.LANGUAGE_CODE:
        return ObjectList([TitleFieldPanel("title"), *shared, *fields], heading=name)
    headline = FieldPanel(build_localized_fieldname("headline", code), heading=_("Title"))
    return ObjectList([headline, *fields], heading=name)
