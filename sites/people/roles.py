"""Which person has which role where; the one source that every permission is computed from."""

from __future__ import annotations

from typing import Any

from sites.units.models import AdministrativeUnit

from .models import Membership, Role

RANK = {role.value: rank for rank, role in enumerate(Role)}


def roles_of(user: Any) -> dict[int, str]:
    """A person's role by unit id; read once per request (kept on the user object)."""
    if not user.is_active or user.is_anonymous:
        return {}
    if not hasattr(user, "_roles_by_unit"):
        rows = Membership.objects.filter(user=user).values_list("unit_id", "role")
        user._roles_by_unit = dict(rows)
    roles: dict[int, str] = user._roles_by_unit
    return roles


def has_role(user: Any, unit_id: int | None, role: Role) -> bool:
    """Whether a person holds at least a role for a unit. Superusers hold every role."""
    if user.is_superuser and user.is_active:
        return True
    held = roles_of(user).get(unit_id or 0)
    return held is not None and RANK[held] >= RANK[role]


def units_with_role(user: Any, role: Role) -> set[int]:
    """Ids of the units for which a person holds at least a role. Superusers: empty, ask first."""
    return {unit for unit, held in roles_of(user).items() if RANK[held] >= RANK[role]}


def units_of(user: Any) -> list[AdministrativeUnit]:
    """The units that a person works for, the highest first. One query."""
    units = AdministrativeUnit.objects.filter(pk__in=roles_of(user))
    return sorted(units, key=lambda unit: (len(unit.path), unit.code))
