"""The searcher's place: what her unit shows, and which units are near it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from sites.units.models import AdministrativeUnit

from .names import Names
from .requests import Scope

DECISIONS = """
    SELECT t.page_id, d.state FROM distribution_localdecision d
    JOIN distribution_distribution t ON t.id = d.distribution_id
    WHERE d.unit_id = %s AND t.recalled_at IS NULL AND (
        d.state = 'hidden' AND t.policy = 'recommended'
        OR d.state = 'accepted' AND t.policy = 'library' AND EXISTS (
            SELECT 1 FROM distribution_distributiontarget x
            WHERE x.distribution_id = t.id AND x.token = ANY(%s)))
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as both engines need it.

    `near` are the ids of the unit itself, its district and its province, nearest first. `hidden`
    are recommended items that the unit hides, `accepted` library items that it has taken.
    """

    unit_id: int
    tier: str
    province: str
    near: tuple[int, ...]
    tokens: tuple[str, ...]
    hidden: tuple[int, ...] = ()
    accepted: tuple[int, ...] = ()


def place_of(unit: AdministrativeUnit, scope: Scope, names: Names) -> Place:
    """The place of a unit. At most one query, and one where the scope needs its decisions."""
    hidden, accepted = _decisions(unit) if scope == Scope.UNIT else ((), ())
    return Place(
        unit_id=unit.pk,
        tier=unit.tier,
        province=unit.path.split("/")[0],
        near=(unit.pk, *reversed(names.above(unit))),
        tokens=tuple(unit.tokens()),
        hidden=hidden,
        accepted=accepted,
    )


def _decisions(unit: AdministrativeUnit) -> tuple[tuple[int, ...], tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(DECISIONS, [unit.pk, unit.tokens()])
        rows = cursor.fetchall()
    hidden = tuple(page_id for page_id, state in rows if state == "hidden")
    return hidden, tuple(page_id for page_id, state in rows if state == "accepted")
