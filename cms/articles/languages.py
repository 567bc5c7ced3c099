"""Words in every language of the portal inside a block that is otherwise shared.

A picture is the same in all languages, only its caption differs: such blocks hold one field per
language of the settings (`caption_vi`, `caption_en`), not one stream per language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname
from wagtail import blocks

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MakeBlock = Callable[..., blocks.Block]


def in_each_language(
    name: str, label: StrPromise, make: MakeBlock, *, required: bool, **options: Any
) -> list[tuple[str, blocks.Block]]:
    """One field per language; `required` holds for Vietnamese only."""
    return [
        (
            build_localized_fieldname(name, code),
            make(
                label=format_lazy("{} ({})", label, language),
                required=required and code == settings.LANGUAGE_CODE,
                **options,
            ),
        )
        for code, language in settings.LANGUAGES
    ]


def words(value: Mapping[str, Any], name: str, language: str | None = None) -> str:
    """A field in a language (default: the active one), or in Vietnamese, or empty."""
    code = language or get_language() or settings.LANGUAGE_CODE
    own = value.get(build_localized_fieldname(name, code))
    return own or value.get(build_localized_fieldname(name, settings.LANGUAGE_CODE)) or ""
