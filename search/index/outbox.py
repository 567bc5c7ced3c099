"""Note, inside the transaction of a change, which pages have to be indexed again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from .models import SearchOutbox

BATCH = 5000


def queue_pages(page_ids: Iterable[int]) -> None:
    """Write outbox rows for pages, and order one drain for the whole transaction.

    Rows of pages that are never searched do no harm. If the transaction is rolled back, rows and
    order go with it.
    """
    rows = [SearchOutbox(page_id=page_id) for page_id in dict.fromkeys(page_ids)]
    if not rows:
        return
    with transaction.atomic():
        SearchOutbox.objects.bulk_create(rows, batch_size=BATCH)
        _order_drain()


def _order_drain() -> None:
    """Write the task row, unless this transaction has written it already."""
    # Django drops a callback when its savepoint is rolled back, and the task row goes at the same
    # moment: the callback stands for the row.
    if any(entry[1] is _drain_is_ordered for entry in connection.run_on_commit):
        return
    from .tasks import drain_outbox

    drain_outbox.enqueue()
    transaction.on_commit(_drain_is_ordered)


def _drain_is_ordered() -> None:
    """Nothing is left to do at commit: the task row is part of the transaction."""
