"""What a site shows, in one statement per list (design §6).

A unit answers to about seven tokens. For each, the newest n items are read from an index on
`(token, public date)` or `(token, section, public date)`; then own pages are merged in, the unit's
decisions taken out, and the result cut to n. The cost grows with n, not with the number of sites
or of distributed items.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from sites.units.models import AdministrativeUnit

from .models import Distribution, LocalDecision

# A page that readers may see. A restriction on a page holds for everything below it. The private
# branches are read once per statement, each by its key: the planner, which assumes many of them in
# an empty table, would read all pages for every row instead.
READABLE = """
    p.live AND p.listed AND (p.expire_at IS NULL OR p.expire_at > now())
    AND NOT EXISTS (
        SELECT 1 FROM unnest(ARRAY(
            SELECT (SELECT rp.path FROM basepage_basepage rp WHERE rp.id = r.page_id)
            FROM wagtailcore_pageviewrestriction r)) AS private(path)
        WHERE starts_with(p.path, private.path))
"""
IN_PERIOD = """
    (t.starts_at IS NULL OR t.starts_at <= now()) AND (t.ends_at IS NULL OR t.ends_at > now())
"""

OWN = f"""
    SELECT p.id, p.public_at, NULL::bigint AS distribution_id
    FROM basepage_basepage p
    WHERE p.unit_id = %(unit)s AND {{own_section}} AND {READABLE}
"""
PUSHED = f"""
    SELECT p.id, t.public_at, t.distribution_id
    FROM distribution_distributiontarget t
    JOIN basepage_basepage p ON p.id = t.page_id
    WHERE t.token = k.token AND {{pushed_section}} AND t.policy <> 'library'
    AND {IN_PERIOD} AND {READABLE}
    AND NOT EXISTS (
        SELECT 1 FROM distribution_localdecision d
        WHERE d.distribution_id = t.distribution_id AND d.unit_id = %(unit)s
        AND d.state = 'hidden' AND t.policy <> 'mandatory')
"""
TAKEN = f"""
    SELECT p.id, p.public_at, d.distribution_id
    FROM distribution_localdecision d
    JOIN distribution_distribution t ON t.id = d.distribution_id
    JOIN basepage_basepage p ON p.id = t.page_id
    WHERE d.unit_id = %(unit)s AND d.state = 'accepted' AND t.policy = 'library'
    AND t.recalled_at IS NULL AND {{taken_section}} AND {IN_PERIOD} AND {READABLE}
    AND EXISTS (
        SELECT 1 FROM distribution_distributiontarget x
        WHERE x.distribution_id = t.id AND x.token = ANY(%(tokens)s))
"""
NEWEST = "ORDER BY 2 DESC, 1 DESC LIMIT %(depth)s"
CUT = "ORDER BY 2 DESC, 1 DESC LIMIT %(limit)s OFFSET %(offset)s"
TOKENS = "unnest(%(tokens)s::text[]) AS k(token)"

EVERYWHERE = {"own_section": "TRUE", "pushed_section": "TRUE", "taken_section": "TRUE"}
GROUPED = {
    "own_section": "p.section_id = g.target",
    "pushed_section": "t.section_id = w.source",
    "taken_section": ("p.section_id IN (SELECT source FROM wanted w WHERE w.target = g.target)"),
}

LATEST = f"""
    SELECT id, max(public_at), max(distribution_id) FROM (
        ({OWN} {NEWEST})
        UNION ALL
        (SELECT s.* FROM {TOKENS} CROSS JOIN LATERAL ({PUSHED} {NEWEST}) s)
        UNION ALL
        ({TAKEN} {NEWEST})
    ) u GROUP BY id {CUT}
""".format(**EVERYWHERE)

LATEST_BY_SECTION = f"""
    WITH wanted(target, source) AS (
        SELECT * FROM unnest(%(targets)s::bigint[], %(sources)s::bigint[]))
    SELECT g.target, x.* FROM (SELECT DISTINCT target FROM wanted) g CROSS JOIN LATERAL (
        SELECT id, max(public_at), max(distribution_id) FROM (
            ({OWN} {NEWEST})
            UNION ALL
            (SELECT s.* FROM wanted w CROSS JOIN {TOKENS} CROSS JOIN LATERAL ({PUSHED} {NEWEST}) s
             WHERE w.target = g.target)
            UNION ALL
            ({TAKEN} {NEWEST})
        ) u GROUP BY id {CUT}
    ) x
""".format(**GROUPED)

COUNT_IN_SECTION = f"""
    WITH wanted(target, source) AS (
        SELECT * FROM unnest(%(targets)s::bigint[], %(sources)s::bigint[]))
    SELECT count(DISTINCT u.id) FROM (SELECT DISTINCT target FROM wanted) g CROSS JOIN LATERAL (
        {OWN}
        UNION ALL
        SELECT s.* FROM wanted w CROSS JOIN {TOKENS} CROSS JOIN LATERAL ({PUSHED}) s
        UNION ALL
        {TAKEN}
    ) u
""".format(**GROUPED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a list: a page, and the distribution that brought it (None: the unit's own)."""

    page_id: int
    public_at: datetime.datetime
    distribution_id: int | None


SectionSources = dict[int, list[int]]
"""For each section that a site has: the sections of origins whose items it shows."""


def latest(unit: AdministrativeUnit, limit: int, offset: int = 0) -> list[Shown]:
    """The newest items that a unit's site shows, over all sections."""
    rows = _fetch(LATEST, unit, limit=limit, offset=offset)
    return [Shown(*row) for row in rows]


def latest_by_section(
    unit: AdministrativeUnit, sections: SectionSources, limit: int, offset: int = 0
) -> dict[int, list[Shown]]:
    """The newest items of several sections, by section, in one statement."""
    found: dict[int, list[Shown]] = {section: [] for section in sections}
    for row in _fetch(LATEST_BY_SECTION, unit, sections, limit, offset):
        found[row[0]].append(Shown(*row[1:]))
    return found


def count_in_section(unit: AdministrativeUnit, section: int, sources: Sequence[int]) -> int:
    """How many items one section of a unit's site shows."""
    return _fetch(COUNT_IN_SECTION, unit, {section: list(sources)})[0][0]


def _fetch(
    sql: str,
    unit: AdministrativeUnit,
    sections: SectionSources | None = None,
    limit: int = 0,
    offset: int = 0,
) -> list[tuple]:
    pairs = [(t, s) for t, sources in (sections or {}).items() for s in sources or [t]]
    parameters: dict[str, Any] = {
        "unit": unit.pk,
        "tokens": unit.tokens(),
        "limit": limit,
        "depth": limit + offset,
        "offset": offset,
        "targets": [target for target, _ in pairs],
        "sources": [source for _, source in pairs],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def distribution_showing(unit: AdministrativeUnit, page_id: int) -> Distribution | None:
    """The distribution by which a unit's site shows a page at this moment, or None. One query."""
    standing = Distribution.objects.in_force().filter(
        page_id=page_id, targets__token__in=unit.tokens()
    )
    decided = LocalDecision.objects.filter(distribution=OuterRef("pk"), unit=unit).values("state")
    known = standing.select_related("unit").annotate(decision=Subquery(decided))
    distribution = known.distinct().first()
    if distribution is None:
        return None
    state = distribution.decision
    if distribution.policy == "library":
        return distribution if state == "accepted" else None
    if distribution.policy == "recommended" and state == "hidden":
        return None
    return distribution
