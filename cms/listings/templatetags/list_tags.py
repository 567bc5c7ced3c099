"""What the templates of filtered lists need."""

from __future__ import annotations

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()

FORMATS = {"vi": "d/m/Y", "en": "j M Y"}


@register.filter
def day(date: datetime.date | None) -> str:
    """`05/06/2025`; in English `5 Jun 2025`."""
    return date_format(date, FORMATS.get(get_language() or "vi", "d/m/Y")) if date else ""
