"""Which changes lead to other suggestions."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from search.index.changes import documents_changed
from sites.hosts.models import HostMapVersion

from . import filling, tasks


def hosts_changed(**kwargs: Any) -> None:
    """Sites were made or renamed."""
    tasks.order_refresh()


def connect() -> None:
    """Listen."""
    documents_changed.connect(filling.documents_written, dispatch_uid="search-suggest-documents")
    post_save.connect(hosts_changed, sender=HostMapVersion, dispatch_uid="search-suggest-hosts")
