"""Orders the pictures of a look when it is published or one of its pictures is replaced."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import Signal
from wagtail.signals import page_published

from .models import SiteHomePage

# Sent by the worker once everything of a look is ready. Argument: unit_id (int).
look_changed = Signal()


def connect() -> None:
    """Listen to home pages and pictures."""
    page_published.connect(_published, sender=SiteHomePage, dispatch_uid="home-look-published")
    post_save.connect(_replaced, sender="media.PortalImage", dispatch_uid="home-look-picture")


def _published(instance: SiteHomePage, **kwargs: Any) -> None:
    order(instance.pk)


def _replaced(instance: Any, created: bool, **kwargs: Any) -> None:
    if created:
        return
    homes = SiteHomePage.objects.filter(Q(logo=instance) | Q(banner=instance))
    for home_id in homes.values_list("pk", flat=True):
        order(home_id)


def order(home_id: int) -> None:
    """Let the worker prepare the look of a home page."""
    from .tasks import prepare_look

    prepare_look.enqueue(home_id)
