"""Text is stored in NFC (design §10.4), whatever keyboard or file it came from."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from wagtail.fields import StreamField


def compose(instance: models.Model) -> None:
    """Bring every text of an instance into NFC, StreamFields included, in place."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, StreamField):
            _compose_stream(instance, field.attname)
        elif isinstance(field, models.CharField | models.TextField):
            value = getattr(instance, field.attname)
            if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
                setattr(instance, field.attname, unicodedata.normalize("NFC", value))


def _compose_stream(instance: models.Model, name: str) -> None:
    stream = getattr(instance, name)
    if not stream:
        return
    raw = list(stream.get_prep_value())
    composed = _composed(raw)
    if composed != raw:
        setattr(instance, name, composed)


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(item) for item in value]
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    return value
