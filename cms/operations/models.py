"""Signs of life of the background workers."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

ALIVE_WITHIN = datetime.timedelta(seconds=20)


class WorkerHeartbeat(models.Model):
    """When a worker was last seen running."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker_id

    @classmethod
    def beat(cls, worker_id: str) -> None:
        """Record that a worker is alive, and forget those that have been gone for a day."""
        now = timezone.now()
        cls.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": now})
        cls.objects.filter(seen_at__lt=now - datetime.timedelta(days=1)).delete()

    @classmethod
    def any_alive(cls) -> bool:
        """Whether some worker was seen in the last twenty seconds."""
        return cls.objects.filter(seen_at__gt=timezone.now() - ALIVE_WITHIN).exists()
