"""From the outbox into the read model, and from there into Elasticsearch.

Killed at any point, nothing is lost: outbox rows go in the transaction that writes the documents,
and rows of the index queue go after Elasticsearch has confirmed them. Doing a part twice is
harmless, because versions never go back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from . import elastic
from .changes import documents_changed
from .documents import compute_documents, fill_vectors
from .models import IndexBuild, IndexQueue, SearchDocument, SearchOutbox, next_version, one_of

BATCH = 500
REFRESH_LOCK = 0x4C43_0001
COLUMNS = [field.attname for field in SearchDocument._meta.concrete_fields][1:]

QUEUED = """
    SELECT q.page_id, q.version, d.version, d.payload
    FROM search_index_indexqueue q LEFT JOIN search_index_searchdocument d USING (page_id)
    ORDER BY q.version LIMIT %s
"""
CONFIRM = """
    DELETE FROM search_index_indexqueue q USING unnest(%s::bigint[], %s::bigint[]) AS c(id, version)
    WHERE q.page_id = c.id AND q.version <= c.version
"""


def drain() -> None:
    """Do all that is queued now. Raises elastic.Unavailable when only PostgreSQL was served."""
    refresh_queued()
    push()


def refresh_queued() -> int:
    """Compute the documents of all pages in the outbox again; returns how many rows it took."""
    return sum(refresh_batches())


def refresh_batches() -> Iterator[int]:
    """The same batch by batch; yields how many rows each took.

    What is added meanwhile has a drain of its own: where changes come in without a pause, this
    would never end.
    """
    newest = SearchOutbox.objects.aggregate(newest=Max("pk"))["newest"]
    while newest and (taken := _refresh_batch(newest)):
        yield taken


@transaction.atomic
def _refresh_batch(newest: int) -> int:
    refresh_lock()
    # Locked above, so no other drain waits for these rows; only new ones are added meanwhile.
    rows = SearchOutbox.objects.filter(pk__lte=newest).order_by("pk")
    taken = list(rows.values_list("pk", "page_id")[:BATCH])
    if taken:
        _write({page_id for _, page_id in taken}, everything=False)
        SearchOutbox.objects.filter(pk__in=[pk for pk, _ in taken]).delete()
    return len(taken)


@transaction.atomic
def refresh(page_ids: Iterable[int]) -> int:
    """Compute documents again and queue them for Elasticsearch, changed or not; returns how many
    differed."""
    refresh_lock()
    return _write(set(page_ids), everything=True)


def refresh_lock() -> None:
    """One at a time: a page's newer content must never get the lower version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REFRESH_LOCK])


def _write(page_ids: set[int], *, everything: bool) -> int:
    """Bring documents in line with their pages; queue what changed, or all with `everything`.
    Returns how many documents came, changed or went."""
    version = next_version()
    known = SearchDocument.objects.filter(one_of(page_ids)).values_list("pk", "digest")
    digests = dict(known)
    documents = compute_documents(page_ids)
    differing = {pk for pk, document in documents.items() if digests.get(pk) != document.digest}
    changed = [document for pk, document in documents.items() if everything or pk in differing]
    for document in changed:
        document.version = version
    fill_vectors(changed)
    SearchDocument.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["page_id"], update_fields=COLUMNS
    )
    gone = digests.keys() - documents.keys()
    SearchDocument.objects.filter(pk__in=gone).delete()
    documents_changed.send(SearchDocument, documents=changed, gone=gone)
    _queue([*gone, *(document.pk for document in changed)], version)
    return len(differing) + len(gone)


def _queue(page_ids: Sequence[int], version: int) -> None:
    if not settings.ELASTICSEARCH_URL:
        return
    now = timezone.now()
    IndexQueue.objects.bulk_create(
        [IndexQueue(page_id=pk, version=version, queued_at=now) for pk in page_ids],
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=["version"],
    )


def push() -> int:
    """Send everything queued to Elasticsearch; returns the number of documents sent.

    Raises elastic.Unavailable; what was not confirmed stays queued. Where there is no index yet,
    or it was lost, or made for other fields, it is built from the documents.
    """
    if not settings.ELASTICSEARCH_URL:
        return 0
    from .rebuild import abandon_dead_builds, rebuild

    abandon_dead_builds()
    if not elastic.has_current_index():
        return rebuild(only_if_missing=True).documents
    total = 0
    while sent := push_batch():
        total += sent
    return total


def push_batch() -> int:
    """Send the oldest queued documents to every index that is written; returns their number."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUED, [BATCH])
        rows = cursor.fetchall()
    if not rows:
        return 0
    builds = list(IndexBuild.objects.values_list("index", flat=True))
    # A document may be newer than its place in the queue; a missing one is deleted.
    operations = [
        elastic.Operation(page_id, stored or queued, payload)
        for page_id, queued, stored, payload in rows
    ]
    elastic.write(operations, builds)
    with connection.cursor() as cursor:
        ids = [operation.page_id for operation in operations]
        cursor.execute(CONFIRM, [ids, [operation.version for operation in operations]])
    return len(operations)
