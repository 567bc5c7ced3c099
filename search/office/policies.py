"""Who may use the screens of the search."""

from __future__ import annotations

from typing import Any

from sites.people.owned import AdministratorsPolicy
from sites.people.roles import roles_of


class UnitOfficePolicy(AdministratorsPolicy):
    """Synonyms and promoted results: portal administrators, those of their units."""


def reads_reports(user: Any) -> bool:
    """Whether a person may read what was searched somewhere: any member of a unit."""
    return bool(user.is_active and (user.is_superuser or roles_of(user)))
