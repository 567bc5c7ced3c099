"""The pages whose vectors are nearest to a query's, where PostgreSQL answers.

Cosines with all vectors of the installation are computed in this process: 20,000 of them take
about 3 ms. Larger installations have Elasticsearch for it.
"""

from __future__ import annotations

import datetime
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from search.index.places import Place
from search.index.postgresql import narrowed
from search.index.requests import SearchRequest

from .models import DIMENSIONS, SearchVector

MOST = 20_000
KEPT_SECONDS = 10.0
# Of so many nearest ones those are taken that lie in the scope of the search.
POOL = 1000

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Vectors:
    """All vectors: the pages' ids (n), and their unit vectors (n × 384, float32)."""

    stamp: tuple[int, datetime.datetime | None]
    until: float
    page_ids: Any
    matrix: Any


_known: Vectors | None = None


def nearest(vector: bytes, count: int) -> list[tuple[int, float]]:
    """`(page id, cosine)` of the nearest pages, nearest first; none when there are too many."""
    import numpy

    known = _vectors()
    if known is None or not len(known.page_ids):
        return []
    wanted = numpy.frombuffer(vector, numpy.int8).astype(numpy.float32)
    cosines = known.matrix @ (wanted / numpy.linalg.norm(wanted))
    count = min(count, len(cosines))
    best = numpy.argpartition(-cosines, count - 1)[:count]
    ordered = best[numpy.argsort(-cosines[best])]
    return [(int(known.page_ids[at]), float(cosines[at])) for at in ordered]


def nearest_for(
    request: SearchRequest, place: Place | None, vector: bytes, count: int
) -> list[tuple[int, float]]:
    """The same among the pages that are asked for. One query."""
    found = nearest(vector, POOL)
    inside = narrowed(request, place, [page_id for page_id, _ in found])
    return [entry for entry in found if entry[0] in inside][:count]


def _vectors() -> Vectors | None:
    """The vectors as they were at most ten seconds ago; None when there are too many."""
    global _known
    with _lock:
        if _known is None or time.monotonic() >= _known.until:
            found = SearchVector.objects.aggregate(n=Count("pk"), last=Max("computed_at"))
            stamp = (found["n"], found["last"])
            until = time.monotonic() + KEPT_SECONDS
            if _known is None or _known.stamp != stamp:
                _known = _read(stamp, until)
            else:
                _known = Vectors(stamp, until, _known.page_ids, _known.matrix)
    return _known if _known.stamp[0] <= MOST else None


def _read(stamp: tuple[int, datetime.datetime | None], until: float) -> Vectors:
    import numpy

    rows = list(SearchVector.objects.values_list("pk", "vector")) if stamp[0] <= MOST else []
    page_ids = numpy.array([page_id for page_id, _ in rows], numpy.int64)
    data = b"".join(bytes(vector) for _, vector in rows)
    matrix = numpy.frombuffer(data, numpy.int8).reshape(-1, DIMENSIONS).astype(numpy.float32)
    matrix /= numpy.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors(stamp, until, page_ids, matrix)
