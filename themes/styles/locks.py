"""What levels above have locked of a site's look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

if TYPE_CHECKING:
    from cms.home.models import SiteHomePage

# The fields that each lock of a higher level takes away.
LOCKED_BY = {
    "lock_palette": ["theme", "own_primary", "own_accent"],
    "lock_logo": ["logo", "banner"],
    "lock_layout": ["layout"],
}


def locking_homes(unit: Any) -> list[SiteHomePage]:
    """The live home pages above a unit that lock anything, the highest first. One query."""
    if unit is None or unit.parent_id is None:
        return []
    locked = Q(*((lock, True) for lock in LOCKED_BY), _connector=Q.OR)
    model = apps.get_model("home", "SiteHomePage")
    homes = model.objects.live().filter(locked, unit__in=unit.ancestors())
    return list(homes.select_related("unit", "logo", "banner").order_by("unit__path"))


def locks_above(home: SiteHomePage) -> dict[str, SiteHomePage]:
    """Each lock that holds for a home page, with the highest home page that set it."""
    held: dict[str, SiteHomePage] = {}
    for above in locking_homes(home.unit):
        for lock in LOCKED_BY:
            if getattr(above, lock):
                held.setdefault(lock, above)
    return held
