"""Translated fields in templates, with the language they are really in."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.filter
def words(page: Any, field: str) -> SafeString:
    """A translated field of a `BodyPage`; marked as Vietnamese where it is not translated.

    A page may be translated while one of its fields is not; screen readers must know.
    """
    language = get_language() or settings.LANGUAGE_CODE
    own = page.in_language(field, language)
    if own or language == settings.LANGUAGE_CODE:
        return escape(own or "")
    vietnamese = page.in_language(field, settings.LANGUAGE_CODE) or ""
    return format_html('<span lang="vi">{}</span>', vietnamese) if vietnamese else SafeString("")
