"""What other pages ask about places."""

from __future__ import annotations

from cms.sections.shown import with_pictures
from sites.units.models import AdministrativeUnit

from .models import PlacePage


def places(unit: AdministrativeUnit, limit: int) -> list[PlacePage]:
    """A unit's places with pictures first, the most recently published first. Three queries."""
    found = PlacePage.objects.live().filter(unit=unit).exclude(image=None)
    return list(with_pictures(found.order_by("-public_at", "-pk"))[:limit])
