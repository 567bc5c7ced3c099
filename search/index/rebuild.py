"""Build the index anew beside the live one, without losing a write made meanwhile.

While an `IndexBuild` row exists, every push goes to the new index as well. Changes whose push was
already under way when the row appeared had their documents written before, so computing all
documents after that covers them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import elastic
from .documents import compute_documents, searchable_ids
from .drain import BATCH, push_batch, refresh, refresh_queued
from .models import IndexBuild, IndexQueue, SearchDocument

REBUILD_LOCK = 0x4C43_0002
# A cluster that is busy, or has no memory for a moment, is asked again for so many seconds.
PATIENCE, PAUSE = 20.0, 1.0
# So many batches may wait to be sent: the cluster stops now and then to write a segment.
UNDER_WAY = 3
QUEUE_ALL = """
    INSERT INTO search_index_indexqueue (page_id, version, queued_at)
    SELECT page_id, version, now() FROM search_index_searchdocument ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    documents: int
    seconds: float


def rebuild(
    progress: Callable[[int], None] = lambda done: None, *, only_if_missing: bool = False
) -> Rebuilt:
    """Compute all documents again and, where Elasticsearch is configured, swap in a new index.

    With `only_if_missing` the documents are taken as they are, and nothing is done when there is
    a live index by the time it is our turn.
    Raises elastic.Unavailable; the live index then stays what it was.
    """
    started = time.monotonic()
    with _alone():
        if not settings.ELASTICSEARCH_URL:
            _refresh_all(progress)
        elif not only_if_missing:
            _rebuild_index(lambda index: _refresh_all(progress, index))
        elif not elastic.has_current_index():
            _rebuild_index(lambda _index: _queue_all())
    seconds = round(time.monotonic() - started, 2)
    return Rebuilt(SearchDocument.objects.count(), seconds)


def abandon_dead_builds() -> None:
    """Remove what a rebuild left that was killed, so that nothing more is written to it."""
    if not IndexBuild.objects.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [REBUILD_LOCK])
        if not cursor.fetchone()[0]:
            return
    try:
        _drop_leftovers()
    finally:
        _unlock()


def _rebuild_index(fill: Callable[[str], None]) -> None:
    _drop_leftovers()
    name = f"{elastic.alias()}-{timezone.now():%Y%m%d%H%M%S%f}"
    build = IndexBuild.objects.create(index=name)
    try:
        elastic.create_index(name)
        fill(name)
        _push_all()
        elastic.go_live(name)
    except Exception:
        _drop_leftovers()
        raise
    build.delete()
    # Until here everything went to both; from here on the alias is the new index.
    _push_all()


def _refresh_all(progress: Callable[[int], None], index: str = "") -> None:
    """Compute every document again; write those that are not as they should be.

    The others go straight into the new `index`, if there is one, while the next are computed.
    """
    refresh_queued()
    done, is_new = 0, False
    with ThreadPoolExecutor(1) as sender:
        sent: deque[Future[None]] = deque()
        for chunk in _chunks():
            # After a change of the rules nearly all differ: they are not compared first.
            same = [] if is_new else _refresh_different(chunk)
            is_new = _refresh(chunk) if is_new else 2 * len(same) < len(chunk)
            if index and same:
                sent.append(sender.submit(_fill, index, same))
            if len(sent) > UNDER_WAY:
                sent.popleft().result()
            done += len(chunk)
            progress(done)
        for future in sent:
            future.result()


def _chunks() -> Iterator[list[int]]:
    """The ids of all pages that have a document or should have one, in batches."""
    known = SearchDocument.objects.order_by("pk").values_list("pk", flat=True)
    ids = iter(sorted({*searchable_ids(), *known.iterator(chunk_size=5000)}))
    while chunk := list(islice(ids, BATCH)):
        yield chunk


def _refresh_different(chunk: list[int]) -> list[elastic.Operation]:
    """Refresh those documents that differ from their pages; the others, ready to be sent."""
    # Read before the pages: what is equal to it afterwards was right when it was written.
    rows = SearchDocument.objects.filter(pk__in=chunk).values_list("pk", "digest", "version")
    stored = {pk: (digest, version) for pk, digest, version in rows}
    documents = compute_documents(chunk)
    same = []
    for pk, document in documents.items():
        digest, version = stored.get(pk, ("", 0))
        if digest == document.digest:
            same.append(elastic.Operation(pk, version, document.payload))
    if different := set(chunk) - {operation.page_id for operation in same}:
        _refresh(different)
    return same


def _fill(index: str, operations: list[elastic.Operation]) -> None:
    _patiently(lambda: elastic.fill(index, operations))


def _patiently(work: Callable[[], object]) -> None:
    """Do it again while the cluster says that it is busy, so that one refusal does not undo all.

    Raises elastic.Unavailable when it is too long.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            work()
            return
        except elastic.Unavailable:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def _refresh(page_ids: Collection[int]) -> bool:
    """Write and send documents, changed or not; tells whether most of them differed."""
    changed = refresh(page_ids)
    if settings.ELASTICSEARCH_URL:
        _patiently(push_batch)
    return 2 * changed > len(page_ids)


def _queue_all() -> None:
    """Queue every document as it stands in the read model. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUE_ALL)


def _push_all() -> None:
    """Send what is queued now; what is added meanwhile is not waited for."""
    newest = IndexQueue.objects.order_by("-version").values_list("version", flat=True).first()
    while newest and IndexQueue.objects.filter(version__lte=newest).exists():
        _patiently(push_batch)


def _drop_leftovers() -> None:
    """Remove unfinished builds. Nobody else builds: the lock is ours."""
    for build in IndexBuild.objects.all():
        build.delete()
        with suppress(elastic.Unavailable):
            elastic.drop_index(build.index)


@contextmanager
def _alone() -> Iterator[None]:
    """One rebuild at a time; a second one waits for its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [REBUILD_LOCK])
    try:
        yield
    finally:
        _unlock()


def _unlock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [REBUILD_LOCK])
