"""What stands where between the levels: own items first, what came from above, what is new below.

Like `queries.py` one statement per list, each of index probes only: per section, per token or per
unit the newest n are read and the rest is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from sites.units.models import AdministrativeUnit

from .queries import NEWEST, OWN, PUSHED, TOKENS, Shown

NEWEST_OF_ALL = f"""
    (SELECT s.* FROM unnest(%(sections)s::bigint[]) AS g(section) CROSS JOIN LATERAL (
        {OWN.format(own_section="p.section_id = g.section")} {NEWEST}) s)
    UNION ALL
    (SELECT s.* FROM unnest(%(sections)s::bigint[]) AS g(section) CROSS JOIN {TOKENS}
     CROSS JOIN LATERAL ({PUSHED.format(pushed_section="t.section_id = g.section")} {NEWEST}) s)
"""
FROM_ORIGINS = f"""
    SELECT k.origin, s.* FROM unnest(%(origins)s::bigint[], %(tokens)s::text[]) AS k(origin, token)
    CROSS JOIN unnest(%(sections)s::bigint[]) AS g(section) CROSS JOIN LATERAL (
        {PUSHED.format(pushed_section="t.section_id = g.section AND p.unit_id = k.origin")} {NEWEST}
    ) s
"""
NEWEST_BELOW = f"""
    SELECT k.unit, s.* FROM unnest(%(units)s::bigint[]) AS k(unit) CROSS JOIN LATERAL (
        {OWN.replace("%(unit)s", "k.unit").format(own_section="p.section_id = ANY(%(sections)s)")}
        {NEWEST}
    ) s ORDER BY s.public_at DESC, s.id DESC LIMIT %(limit)s
"""
PER_UNIT = 2


def own_first(unit: AdministrativeUnit, sections: Sequence[int], limit: int) -> list[Shown]:
    """The unit's own newest items of some sections, filled up with received ones. One query."""
    rows = _fetch(NEWEST_OF_ALL, unit, sections, limit)
    ordered = sorted(_once(rows), key=lambda shown: (shown.public_at, shown.page_id), reverse=True)
    own = [shown for shown in ordered if shown.distribution_id is None]
    received = [shown for shown in ordered if shown.distribution_id is not None]
    return [*own, *received][:limit]


def from_origins(
    unit: AdministrativeUnit,
    origins: Sequence[AdministrativeUnit],
    sections: Sequence[int],
    limit: int,
) -> dict[int, list[Shown]]:
    """The newest items that each of some higher units sent to a unit, by unit id. One query.

    A unit sends to itself and to what is below it, so tokens above it need no look.
    """
    pairs = [
        (origin.pk, token)
        for origin in origins
        for token in unit.tokens()
        if _may_send(origin, token, unit)
    ]
    found: dict[int, list[tuple]] = {origin.pk: [] for origin in origins}
    if not pairs:
        return {}
    rows = _fetch(
        FROM_ORIGINS, unit, sections, limit,
        origins=[origin for origin, _ in pairs], tokens=[token for _, token in pairs],
    )  # fmt: skip
    for origin, *row in rows:
        found[origin].append(tuple(row))
    return {
        origin: sorted(_once(items), key=lambda s: (s.public_at, s.page_id), reverse=True)[:limit]
        for origin, items in found.items()
    }


def _may_send(origin: AdministrativeUnit, token: str, unit: AdministrativeUnit) -> bool:
    if token == "all":  # noqa: S105 (an audience, not a password)
        return origin.parent_id is None
    if token.startswith("unit:"):
        return True
    codes = unit.path.rstrip("/").split("/")
    return codes.index(token.split(":")[1]) >= codes.index(origin.code)


def newest_below(unit_ids: Sequence[int], sections: Sequence[int], limit: int) -> list[Shown]:
    """The newest own items of many units, no more than two of each. One query, a probe per unit."""
    parameters: dict[str, Any] = {
        "units": list(unit_ids), "sections": list(sections), "depth": PER_UNIT, "limit": limit
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_BELOW, parameters)
        return [Shown(*row) for _unit, *row in cursor.fetchall()]


def _once(rows: Iterable[Sequence[Any]]) -> list[Shown]:
    """Each page once; where several tokens brought it, by any of its distributions."""
    by_page: dict[int, Shown] = {}
    for row in rows:
        by_page.setdefault(row[0], Shown(*row))
    return list(by_page.values())


def _fetch(
    sql: str, unit: AdministrativeUnit, sections: Sequence[int], limit: int, **more: Any
) -> list[tuple]:
    parameters: dict[str, Any] = {
        "unit": unit.pk, "tokens": unit.tokens(), "sections": list(sections), "depth": limit
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | more)
        return cursor.fetchall()
