"""`manage.py worker`: the background worker of the portal."""

from __future__ import annotations

import datetime
import logging
import threading
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from cms.documents.tasks import refresh_validity
from cms.forms.tasks import forget_submissions
from cms.operations.models import WorkerHeartbeat
from cms.operations.tasks import publish_scheduled_pages
from search import quiet
from search.index.tasks import drain_outbox
from search.office.tasks import forget_rare_queries
from search.suggest.tasks import refresh_suggestions

logger = logging.getLogger("liencap.worker")
BEAT_SECONDS = 5
BEATS_PER_SCHEDULE = 6
BEATS_PER_HOUR = 720


class Command(DatabaseWorker):
    """django-tasks' worker that also shows a sign of life, keeps the clock and reads files.

    At the start it drains what an interrupted worker left in the search outbox.
    """

    help = "Run the portal's background worker"

    def add_arguments(self, parser: Any) -> None:
        """Take the options of `db_worker`, but look for work more often."""
        super().add_arguments(parser)
        parser.set_defaults(interval=0.2, startup_delay=False, queue_name="*")

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Work until told to stop."""
        drain_outbox.enqueue()
        threading.Thread(target=keep_the_clock, args=(worker_id,), daemon=True).start()
        quiet.start()
        super().handle(worker_id=worker_id, **options)


def keep_the_clock(worker_id: str) -> None:
    """Beat every five seconds; every half minute, hour and day, order what is due."""
    stop = threading.Event()
    day: datetime.date | None = None
    beats = 0
    while not stop.wait(BEAT_SECONDS if beats else 0):
        try:
            WorkerHeartbeat.beat(worker_id)
            if beats % BEATS_PER_SCHEDULE == 0:
                publish_scheduled_pages.enqueue()
                drain_outbox.enqueue()  # what a failed drain left
            if beats % BEATS_PER_HOUR == 0:
                refresh_suggestions.enqueue()
                forget_rare_queries.enqueue()
                forget_submissions.enqueue()
            if day != timezone.localdate():
                refresh_validity.enqueue()
                day = timezone.localdate()
        except DatabaseError:
            logger.warning("The database does not answer; the heartbeat waits.")
            connection.close()
        beats += 1
