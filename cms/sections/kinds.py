"""The page types that sections list."""

from __future__ import annotations

from functools import lru_cache

from wagtail.models import get_page_models

from cms.basepage.models import BasePage


@lru_cache(maxsize=1)
def page_types() -> dict[str, type[BasePage]]:
    """All page types that readers meet in lists, by name ("article")."""
    listed = (model for model in get_page_models() if getattr(model, "is_listed_type", False))
    return {model.type_name(): model for model in listed}
