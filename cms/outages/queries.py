"""Which announcement a site shows. No query while the frame of the sites stays the same."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.utils import timezone

from sites.hosts.versions import VersionedCache
from sites.units.models import AdministrativeUnit

from .models import PlannedOutage

# The table bumps the frame version (migrations/0001), so an announcement is seen at once.
_announced: VersionedCache[list[PlannedOutage]] = VersionedCache(size=8)


def outage_shown(request: HttpRequest, unit: AdministrativeUnit) -> PlannedOutage | None:
    """The announced outage of a unit's site that comes next or lasts now."""
    announced = _announced.get(request, "outages", load)
    return affecting(announced, unit, timezone.now())


def load() -> list[PlannedOutage]:
    """All outages that are not over, the next first. One query."""
    waiting = PlannedOutage.objects.filter(ends_at__gt=timezone.now())
    return list(waiting.select_related("unit").order_by("starts_at"))


def affecting(
    outages: list[PlannedOutage], unit: AdministrativeUnit, now: datetime.datetime
) -> PlannedOutage | None:
    """The first of some outages that is not over and takes a unit's site."""
    for outage in outages:
        is_above = outage.covers_below and unit.path.startswith(outage.unit.path)
        if outage.ends_at > now and (outage.unit_id == unit.pk or is_above):
            return outage
    return None
