"""What each page type says about itself in lists, as expressions over its model.

Page types register when Django starts; a type that does not is listed by its public date alone.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import DateField, Expression, F, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from cms.basepage.models import BasePage

COLUMNS: Final = ("kind", "field", "issuer", "dated", "starts_on", "ends_on", "changed_on")
Said = dict[str, Expression | F | Subquery]

_said: dict[type[BasePage], Said] = {}


def register(model: type[BasePage], **said: Expression | F | Subquery) -> None:
    """Say how columns of `Entry` follow from a page type. Raises ValueError for unknown columns."""
    if unknown := set(said) - set(COLUMNS):
        raise ValueError(f"lists have no column {', '.join(sorted(unknown))}")
    _said[model] = said


def values_of(model: type[BasePage], page_ids: list[int]) -> dict[int, dict[str, Any]]:
    """The columns of some pages of one type, by page id. One query."""
    public_day = TruncDate("public_at", output_field=DateField(), tzinfo=timezone.get_default_timezone())  # fmt: skip  # noqa: E501
    said = {"dated": public_day} | _said.get(model, {})
    pages = model._base_manager.order_by().filter(pk__in=page_ids)
    names = {f"listed_{name}": expression for name, expression in said.items()}
    rows = pages.annotate(**names).values("pk", *names)
    return {row["pk"]: {name: row[f"listed_{name}"] for name in said} for row in rows}
