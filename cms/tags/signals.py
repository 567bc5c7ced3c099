"""Which changes lead to new rows of the pages of tags, and to new documents of the search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.listings.keeping import entries_kept
from search.index.outbox import queue_pages

from .keeping import keep
from .models import PageTag, Tag


def rows_kept(page_ids: Sequence[int], **kwargs: Any) -> None:
    """Published, pushed, moved, made private."""
    keep(page_ids)


def page_tagged(instance: PageTag, **kwargs: Any) -> None:
    """Tags are stored after their page, whose own signals come too early for them."""
    keep([instance.content_object_id])
    queue_pages([instance.content_object_id])


def tag_renamed(instance: Tag, created: bool, **kwargs: Any) -> None:
    """Names of tags are searched."""
    if not created:
        queue_pages(instance.page_tags.values_list("content_object_id", flat=True))


def connect() -> None:
    """Listen."""
    entries_kept.connect(rows_kept, dispatch_uid="tags-entries-kept")
    post_save.connect(tag_renamed, sender=Tag, dispatch_uid="tags-renamed")
    for signal, uid in ((post_save, "tags-page-tagged"), (post_delete, "tags-page-untagged")):
        signal.connect(page_tagged, sender=PageTag, dispatch_uid=uid)
