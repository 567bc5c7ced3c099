"""The worker's part of the suggestions."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult


# Ahead of reference indexes and pictures: without it no unit's name is answered.
@task(priority=10)
def refresh_suggestions() -> None:
    """Names of units and frequent queries anew, and whatever was missed."""
    from .filling import refresh

    refresh()


def order_refresh() -> None:
    """Order one refresh, unless one is waiting already."""
    waiting = DBTaskResult.objects.filter(
        task_path=refresh_suggestions.module_path, status=TaskResultStatus.READY
    )
    if not waiting.filter(run_after__lte=timezone.now()).exists():
        refresh_suggestions.enqueue()
