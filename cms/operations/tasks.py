"""Recurring work."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task


@task()
def publish_scheduled_pages() -> None:
    """Publish what is due and take down what has expired; clear old task results."""
    call_command("publish_scheduled")
    call_command("prune_db_task_results", min_age_days=2, verbosity=0)
