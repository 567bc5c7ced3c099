"""Documents and procedures of a home page, in one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cms.documents.models import DocumentPage
from sites.distribution.listing import Item
from sites.distribution.queries import NEWEST, OWN, PUSHED, TOKENS, Shown
from sites.units.models import AdministrativeUnit

# Of each branch the newest few hundred: no unit marks more procedures as most used.
DEPTH = 300
POPULAR = f"""
    SELECT u.id, max(u.public_at), max(u.distribution_id) FROM (
        (SELECT s.* FROM unnest(%(sections)s::bigint[]) AS g(section) CROSS JOIN LATERAL (
            {OWN.format(own_section="p.section_id = g.section")} {NEWEST}) s)
        UNION ALL
        (SELECT s.* FROM unnest(%(sections)s::bigint[]) AS g(section) CROSS JOIN {TOKENS}
         CROSS JOIN LATERAL (
            {PUSHED.format(pushed_section="t.section_id = g.section")} {NEWEST}) s)
    ) u JOIN procedures_procedurepage q ON q.basepage_ptr_id = u.id
    WHERE q.is_popular GROUP BY u.id, q.level, q.sort_text
    ORDER BY q.level <> %(tier)s, q.sort_text LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in a short list: its entry, and what names it."""

    item: Item
    number: str
    issued_on: Any


def numbered(items: Sequence[Item]) -> list[Paper]:
    """Documents with their numbers; other pages of the section have none. One query."""
    pks = [item.page.pk for item in items]
    found = DocumentPage.objects.filter(pk__in=pks).values_list("pk", "number", "issued_on")
    facts = {pk: (number, issued_on) for pk, number, issued_on in found}
    return [Paper(item, *facts.get(item.page.pk, ("", None))) for item in items]


def popular(unit: AdministrativeUnit, sections: Sequence[int], limit: int) -> list[Shown]:
    """The procedures marked as most used that a unit's site shows, its own level first."""
    parameters: dict[str, Any] = {
        "unit": unit.pk, "tokens": unit.tokens(), "sections": list(sections), "depth": DEPTH,
        "tier": unit.tier, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(POPULAR, parameters)
        return [Shown(*row) for row in cursor.fetchall()]
