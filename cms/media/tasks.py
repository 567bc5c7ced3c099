"""Background work on pictures."""

from __future__ import annotations

from django_tasks import task

from .models import PortalImage
from .renditions import make_renditions


@task()
def prepare_picture(image_id: int) -> None:
    """Make the sizes of a new or replaced picture; a picture deleted meanwhile needs none."""
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is not None:
        make_renditions(image)
