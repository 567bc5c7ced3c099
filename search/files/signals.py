"""Which changes of files lead to reading them, or to computing pages again."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import CollectionViewRestriction

from cms.media.models import PortalDocument
from search.index.outbox import queue_pages

from .work import mark_due, pages_linking


def document_saved(instance: PortalDocument, created: bool, **kwargs: Any) -> None:
    """New, replaced, or moved to another collection. What is unchanged is not read twice."""
    mark_due([instance.pk])
    if not created:
        queue_pages(pages_linking([instance.pk]))


def document_deleted(instance: PortalDocument, **kwargs: Any) -> None:
    """Pages that linked it lose its text."""
    queue_pages(pages_linking([instance.pk]))


def restriction_changed(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """A collection and everything below it became private or public."""
    inside = PortalDocument.objects.filter(collection__path__startswith=instance.collection.path)
    queue_pages(pages_linking(inside.values_list("pk", flat=True)))


def connect() -> None:
    """Listen."""
    post_save.connect(document_saved, sender=PortalDocument, dispatch_uid="files-saved")
    post_delete.connect(document_deleted, sender=PortalDocument, dispatch_uid="files-deleted")
    for signal, uid in ((post_save, "files-private"), (post_delete, "files-public")):
        signal.connect(restriction_changed, sender=CollectionViewRestriction, dispatch_uid=uid)
