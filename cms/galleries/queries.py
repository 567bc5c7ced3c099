"""What other pages ask about galleries."""

from __future__ import annotations

from cms.sections.shown import with_pictures
from sites.units.models import AdministrativeUnit

from .models import GalleryKind, GalleryPage


def latest_galleries(unit: AdministrativeUnit, limit: int) -> list[GalleryPage]:
    """A unit's newest galleries of pictures, with their list picture. Three queries at most."""
    return _latest(unit, GalleryKind.PHOTO, limit)


def latest_videos(unit: AdministrativeUnit, limit: int) -> list[GalleryPage]:
    """A unit's newest videos, with their list picture. Three queries at most."""
    return _latest(unit, GalleryKind.VIDEO, limit)


def _latest(unit: AdministrativeUnit, kind: str, limit: int) -> list[GalleryPage]:
    found = GalleryPage.objects.live().filter(unit=unit, kind=kind).order_by("-public_at")
    return list(with_pictures(found)[:limit])
