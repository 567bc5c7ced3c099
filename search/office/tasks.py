"""The worker's part of the statistics."""

from __future__ import annotations

from django_tasks import task


@task(priority=-10)
def forget_rare_queries() -> None:
    """Keep nothing of months that are over but what many people searched."""
    from .counting import forget_rare

    forget_rare()
