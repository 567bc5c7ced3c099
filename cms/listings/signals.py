"""Which changes of the database lead to new rows of lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, post_page_move

from cms.basepage.models import BasePage
from cms.basepage.signals import pages_changed
from sites.distribution.signals import distribution_changed

from .keeping import keep


def page_saved(instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Published, unpublished, or changed in code. Saving a draft names its few fields: ignored."""
    if not isinstance(instance, BasePage) or not instance.listed:
        return
    if update_fields is None or "live" in update_fields:
        keep([instance.pk])


def page_went_live(instance: BasePage, **kwargs: Any) -> None:
    """Rows below a page (relations, files) are stored after the page itself."""
    if instance.listed:
        keep([instance.pk])


def pages_inserted(page_ids: Iterable[int], **kwargs: Any) -> None:
    """Written in bulk."""
    keep(page_ids)


def distribution_written(page_id: int, **kwargs: Any) -> None:
    """Pushed, changed, recalled."""
    keep([page_id])


def page_moved(instance: BasePage, **kwargs: Any) -> None:
    """A whole branch moved; treebeard saves none of its pages."""
    _keep_branch(instance.path)


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restriction holds for everything below its page."""
    paths = BasePage.objects.order_by().filter(pk=instance.page_id)
    for path in paths.values_list("path", flat=True):
        _keep_branch(path)


def _keep_branch(path: str) -> None:
    branch = BasePage.objects.order_by().filter(listed=True, path__startswith=path)
    keep(branch.values_list("pk", flat=True))


def connect() -> None:
    """Listen."""
    post_save.connect(page_saved, dispatch_uid="lists-page-saved")
    page_published.connect(page_went_live, dispatch_uid="lists-page-published")
    pages_changed.connect(pages_inserted, dispatch_uid="lists-pages-changed")
    distribution_changed.connect(distribution_written, dispatch_uid="lists-distribution")
    post_page_move.connect(page_moved, dispatch_uid="lists-page-moved")
    for signal, uid in ((post_save, "lists-private"), (post_delete, "lists-public")):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=uid)
