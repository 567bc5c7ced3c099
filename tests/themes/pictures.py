"""Pictures for tests, drawn by the product's own illustrations."""

from __future__ import annotations

from django.core.files.base import ContentFile

from cms.media.models import PortalImage
from sites.units.models import AdministrativeUnit
from themes.illustrations import draw


def make_image(unit: AdministrativeUnit, motif: str = "rice", description: str = "") -> PortalImage:
    """A stored picture of a unit, 1200 × 750."""
    image = PortalImage(title=motif, unit=unit, description=description, width=1200, height=750)
    image.file.save(f"{motif}.webp", ContentFile(draw(motif)), save=False)
    image.width, image.height = 1200, 750
    image.save()
    return image
