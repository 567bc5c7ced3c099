"""What other pages ask about forms."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from sites.units.models import AdministrativeUnit

from .models import FormPage


def open_forms(unit: AdministrativeUnit, limit: int) -> list[FormPage]:
    """A unit's forms that can be filled in now, newest first. One query."""
    is_open = Q(closes_at=None) | Q(closes_at__gt=timezone.now())
    return list(FormPage.objects.live().filter(is_open, unit=unit).order_by("-public_at")[:limit])
