"""The worker's part of the search."""

from __future__ import annotations

import datetime
import uuid

from django.db.models import Min
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import IndexQueue

# Elasticsearch is asked again after as long as it has been away, within these bounds (seconds).
SHORTEST_WAIT = 1.0
LONGEST_WAIT = 10.0
# As many orders are taken along by one drain; more wait for the next.
MOST_ORDERS = 1000


# Ahead of reference indexes and pictures: readers wait for what they search.
@task(priority=50)
def drain_outbox() -> None:
    """Bring every queued change into the read model and into Elasticsearch.

    While Elasticsearch is away its part stays queued, and one task in the future is enough.
    """
    from .drain import refresh_batches

    others = _waiting_orders()
    is_there, taken = not _retry_is_ordered(), 0
    for rows in refresh_batches():
        taken += rows
        is_there = is_there and _push()
    # What they were ordered for was committed with them, so it has been done.
    DBTaskResult.objects.filter(pk__in=others, status=TaskResultStatus.READY).delete()
    if is_there and not taken:
        _push()  # what an earlier one could not send


def _push() -> bool:
    """Send what is queued; order another try where Elasticsearch cannot take it, then False."""
    from .drain import push
    from .elastic import NoIndex, Unavailable

    try:
        push()
    except (NoIndex, Unavailable):
        wait = min(max(_seconds_behind(), SHORTEST_WAIT), LONGEST_WAIT)
        retry_at = timezone.now() + datetime.timedelta(seconds=wait)
        drain_outbox.using(run_after=retry_at).enqueue()
        return False
    return True


def _waiting_orders() -> list[uuid.UUID]:
    """The drains that are ordered for now: each of many transactions has one of its own."""
    ordered = DBTaskResult.objects.ready().filter(task_path=drain_outbox.module_path)
    return list(ordered.values_list("pk", flat=True)[:MOST_ORDERS])


def _retry_is_ordered() -> bool:
    waiting = DBTaskResult.objects.filter(
        task_path=drain_outbox.module_path,
        status=TaskResultStatus.READY,
        run_after__gt=timezone.now(),
        run_after__lt=timezone.now() + datetime.timedelta(seconds=2 * LONGEST_WAIT),
    )
    return waiting.exists()


def _seconds_behind() -> float:
    oldest = IndexQueue.objects.aggregate(oldest=Min("queued_at"))["oldest"]
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0
