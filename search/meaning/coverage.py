"""Whether enough pages have vectors for meaning to answer.

Pages without a vector cannot be near to anything: while an archive waits for its vectors, the few
pages that have one would answer every question.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection

# Of all pages so many have a vector.
NEARLY_ALL = 0.95
KEPT_SECONDS = 20.0

COUNT = """
    SELECT (SELECT count(*) FROM search_meaning_searchvector),
           (SELECT count(*) FROM search_index_searchdocument),
           EXISTS (SELECT 1 FROM search_meaning_meaningoutbox o WHERE is_service AND NOT EXISTS (
               SELECT 1 FROM search_meaning_searchvector v WHERE v.page_id = o.page_id))
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """`services` tells that no page that people come for by name waits for its first vector,
    `pages` that nearly all pages have one."""

    until: float
    services: bool
    pages: bool


_known: Coverage | None = None


def coverage() -> Coverage:
    """What has vectors, as it was at most twenty seconds ago. One query when that is over."""
    global _known
    known, now = _known, time.monotonic()
    if known is None or now >= known.until:
        with connection.cursor() as cursor:
            cursor.execute(COUNT)
            vectors, documents, is_waiting = cursor.fetchone()
        known = _known = Coverage(
            until=now + KEPT_SECONDS,
            services=vectors > 0 and not is_waiting,
            pages=vectors >= NEARLY_ALL * documents,
        )
    return known
