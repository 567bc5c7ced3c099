"""The base page model for apps below it, looked up late: they must not import it."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings


def get_page_model() -> Any:
    """The model that `WAGTAIL_PAGE_MODEL` names."""
    return apps.get_model(settings.WAGTAIL_PAGE_MODEL)
