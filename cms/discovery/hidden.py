"""Pages that readers may see and search engines are asked to leave out (lists of persons).

Apps that have such pages register the condition when Django starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from cms.basepage.models import BasePage

_conditions: dict[type[BasePage], Q] = {}


def register(model: type[BasePage], condition: Q) -> None:
    """Keep the pages of a type that meet a condition out of site maps."""
    _conditions[model] = condition


def hidden_below(path: str) -> list[int]:
    """The ids of such pages below a tree path. One query per registered type."""
    found: list[int] = []
    for model, condition in _conditions.items():
        pages = model.objects.filter(condition, path__startswith=path, live=True)
        found += pages.order_by().values_list("pk", flat=True)
    return found
