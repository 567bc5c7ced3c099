"""What other pages ask of the directory."""

from __future__ import annotations

from sites.units.models import AdministrativeUnit

from .models import ContactPage


def hotlines(unit: AdministrativeUnit, limit: int) -> list[ContactPage]:
    """A unit's hotlines in their order. One query."""
    found = ContactPage.objects.live().filter(unit=unit, is_hotline=True)
    return list(found.order_by("order", "title")[:limit])
