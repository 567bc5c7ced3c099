"""Any change of a site or of a further host changes the map of hosts."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save
from wagtail.models import Site

from .models import HostAlias
from .registry import hosts_changed


def _changed(**kwargs: object) -> None:
    hosts_changed()


def connect() -> None:
    """Listen to sites and further hosts."""
    for model in (Site, HostAlias):
        post_save.connect(_changed, sender=model, dispatch_uid=f"hosts-save-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"hosts-delete-{model.__name__}")
