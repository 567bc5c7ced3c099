"""What others may listen to, and what this app listens to itself."""

from __future__ import annotations

from typing import Any

from django.dispatch import Signal
from wagtail.signals import page_published

from .models import DistributionTarget

# Sent inside the transaction. Arguments: page_id (int), moments (list of datetimes at which what
# readers see changes by itself: the start and the end of the period).
distribution_changed = Signal()


def keep_targets_in_step(instance: Any, **kwargs: Any) -> None:
    """A published page may have another date or section than its distribution was filed under.

    One statement, whatever the number of receiving sites.
    """
    DistributionTarget.objects.filter(page_id=instance.pk).update(
        public_at=instance.public_at, section_id=instance.section_id
    )


def connect() -> None:
    """Listen to publishing."""
    page_published.connect(keep_targets_in_step, dispatch_uid="distribution-targets")
