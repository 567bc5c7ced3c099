"""Orders drawn pictures when pages are published or the look of their site changes, and clears away
those of deleted pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.signals import page_published

from cms.basepage.signals import pages_changed
from cms.home.signals import look_changed
from sites.units.models import AdministrativeUnit

from .models import DrawnPicture
from .sharing import forget_file
from .tasks import draw_inserted, draw_page, redraw_site, redraw_sites


def connect() -> None:
    """Listen to pages and to the records of pictures."""
    page_published.connect(_published, dispatch_uid="discovery-published")
    pages_changed.connect(_inserted, dispatch_uid="discovery-inserted")
    look_changed.connect(_look_changed, dispatch_uid="discovery-look")
    post_save.connect(_unit_saved, sender=AdministrativeUnit, dispatch_uid="discovery-unit")
    post_delete.connect(_deleted, sender=DrawnPicture, dispatch_uid="discovery-deleted")


def _published(instance: Any, **kwargs: Any) -> None:
    if not instance.image_id:
        draw_page.enqueue(instance.pk)


def _inserted(page_ids: Sequence[int], **kwargs: Any) -> None:
    """One chain of batches draws for all inserts that come before it has passed them."""
    if not page_ids:
        return
    DrawnPicture.objects.filter(page_id__in=page_ids).delete()
    after = min(page_ids) - 1
    waiting = DBTaskResult.objects.filter(
        task_path=draw_inserted.module_path, status=TaskResultStatus.READY
    )
    starts = waiting.values_list("args_kwargs", flat=True)
    if not any(start["args"][0] <= after for start in starts):
        draw_inserted.enqueue(after)


def _look_changed(unit_id: int, **kwargs: Any) -> None:
    redraw_sites.enqueue(unit_id)


def _unit_saved(instance: AdministrativeUnit, created: bool, **kwargs: Any) -> None:
    """Cards say the name of the unit."""
    if not created:
        redraw_site.enqueue(instance.pk)


def _deleted(instance: DrawnPicture, **kwargs: Any) -> None:
    forget_file(instance.name)
