"""Which changes of the database lead to which outbox rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import PageViewRestriction
from wagtail.signals import post_page_move

from cms.basepage.signals import pages_changed
from sites.distribution.signals import distribution_changed
from sites.hosts.pages import get_page_model
from sites.units.models import AdministrativeUnit

from .changes import documents_changed
from .entries import documents_written
from .outbox import queue_pages


def page_saved(instance: Any, **kwargs: Any) -> None:
    """Saved, published, unpublished or about to be deleted. Pages of all types come here."""
    if isinstance(instance, get_page_model()) and instance.listed:
        queue_pages([instance.pk])


def pages_inserted(page_ids: Iterable[int], **kwargs: Any) -> None:
    """Written in bulk."""
    listed = get_page_model().objects.order_by().filter(pk__in=list(page_ids), listed=True)
    queue_pages(listed.values_list("pk", flat=True))


def distribution_written(page_id: int, **kwargs: Any) -> None:
    """Pushed, changed, recalled. The moments of its period stand in the document itself."""
    queue_pages([page_id])


def page_moved(instance: Any, **kwargs: Any) -> None:
    """A whole branch moved; treebeard saves none of its pages."""
    queue_pages(_listed(path__startswith=instance.path))


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction holds for everything below its page."""
    paths = get_page_model().objects.order_by().filter(pk=instance.page_id)
    for path in paths.values_list("path", flat=True):
        queue_pages(_listed(path__startswith=path))


def unit_saved(instance: AdministrativeUnit, created: bool, **kwargs: Any) -> None:
    """Documents hold the tier and the province of their unit."""
    if not created:
        queue_pages(_listed(unit=instance))


def _listed(**conditions: Any) -> Iterable[int]:
    found = get_page_model().objects.order_by().filter(listed=True, **conditions)
    ids: Iterable[int] = found.values_list("pk", flat=True)
    return ids


def connect() -> None:
    """Listen. Page slugs are not listened to: addresses are read when results are shown."""
    post_save.connect(page_saved, dispatch_uid="search-page-saved")
    pre_delete.connect(page_saved, dispatch_uid="search-page-deleted")
    pages_changed.connect(pages_inserted, dispatch_uid="search-pages-changed")
    distribution_changed.connect(distribution_written, dispatch_uid="search-distribution")
    post_page_move.connect(page_moved, dispatch_uid="search-page-moved")
    unit_uid = "search-unit-saved"
    post_save.connect(unit_saved, sender=AdministrativeUnit, dispatch_uid=unit_uid)
    documents_changed.connect(documents_written, dispatch_uid="search-entries")
    for signal, uid in ((post_save, "search-private"), (post_delete, "search-public")):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=uid)
