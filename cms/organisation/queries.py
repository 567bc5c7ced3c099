"""What other pages ask about the organisation of a unit."""

from __future__ import annotations

from cms.sections.shown import with_pictures
from sites.units.models import AdministrativeUnit

from .models import OfficialPage


def leaders(unit: AdministrativeUnit, limit: int) -> list[OfficialPage]:
    """The leaders of a unit by rank, portraits read. Three queries at most.

    Leaders stand in no office, or in one at the top of the chart. Pages are the unit's own, so
    `page.get_url(request)` needs no further query.
    """
    people = OfficialPage.objects.live().filter(unit=unit, office__parent_office=None)
    return list(with_pictures(people.order_by("rank", "title"))[:limit])
