"""What the templates of filtered lists need."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

register = template.Library()

FORMATS = {"vi": "d/m/Y", "en": "j M Y"}


@register.filter
def day(date: datetime.date | None) -> str:
    """`05/06/2025`; in English `5 Jun 2025`."""
    return date_format(date, FORMATS.get(get_language() or "vi", "d/m/Y")) if date else ""


@register.filter
def field_lang(thing: Any, field: str) -> SafeString:
    """` lang="vi"` where a translated field has to be shown in Vietnamese."""
    language = get_language() or settings.LANGUAGE_CODE
    own = getattr(thing, build_localized_fieldname(field, language), "")
    is_foreign = language != settings.LANGUAGE_CODE and not own
    return SafeString(f' lang="{settings.LANGUAGE_CODE}"' if is_foreign else "")
