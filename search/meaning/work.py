"""Vectors of pages, computed in the quiet hours of the worker.

A page's words are searchable at once; its vector follows, and then its document is written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from search.index.models import SearchDocument
from search.index.outbox import queue_pages
from search.index.ranking import SERVICES

from . import model
from .models import MeaningOutbox, SearchVector

# Rows looked at together, and passages computed together (about a second).
LOOKED_AT = 200
COMPUTED = 16
# Of a passage; time grows with it, and what a page is about stands at its beginning.
SYLLABLES = 64
LONGEST = 1000
LOCK = 0x4C43_0003

MISSING = """
    INSERT INTO search_meaning_meaningoutbox (page_id, is_service)
    SELECT page_id, type = ANY(%s) FROM search_index_searchdocument d WHERE NOT EXISTS (
        SELECT 1 FROM search_meaning_searchvector v WHERE v.page_id = d.page_id)
    AND NOT EXISTS (SELECT 1 FROM search_meaning_meaningoutbox o WHERE o.page_id = d.page_id)
"""


def documents_written(
    documents: Sequence[SearchDocument], gone: Iterable[int], **kwargs: Any
) -> None:
    """Note what has to be looked at; part of the transaction that writes the documents."""
    if not settings.SEARCH_MEANING:
        return
    rows = [
        MeaningOutbox(page_id=document.pk, is_service=document.type in SERVICES)
        for document in documents
    ]
    MeaningOutbox.objects.bulk_create(rows)
    if gone:
        SearchVector.objects.filter(pk__in=list(gone)).delete()


def queue_missing() -> int:
    """Note every page that has no vector yet, as after switching on; returns their number."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [list(SERVICES)])
        return int(cursor.rowcount)


def compute_next(*, wait: bool = False) -> bool:
    """Compute a few vectors; False when there is nothing to do or no model.

    Where another process is at it, its turn is waited for if `wait` is set; else that is False.
    """
    if not (MeaningOutbox.objects.exists() and model.load()):
        return False
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return False
    try:
        _compute()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return True


def _compute() -> None:
    # Services first, of all the newest: what was just published need not wait for an archive.
    waiting = MeaningOutbox.objects.order_by("-is_service", "-pk")
    rows = list(waiting.values_list("pk", "page_id")[:LOOKED_AT])
    turns = dict.fromkeys(page_id for _, page_id in rows)
    passages = _passages(turns)
    known = SearchVector.objects.filter(pk__in=passages).values_list("pk", "digest")
    digests = dict(known)
    wanted = {
        page_id: passages[page_id]
        for page_id in turns
        if page_id in passages and digests.get(page_id) != passages[page_id][0]
    }
    now = dict(list(wanted.items())[:COMPUTED])
    vectors = model.embed_passages([text for _, text in now.values()])
    later = wanted.keys() - now.keys()
    with transaction.atomic():
        SearchVector.objects.bulk_create(
            [
                SearchVector(page_id=page_id, digest=digest, vector=vector)
                for (page_id, (digest, _)), vector in zip(now.items(), vectors, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["page_id"],
            update_fields=["digest", "vector", "computed_at"],
        )
        queue_pages(now)
        done = [pk for pk, page_id in rows if page_id not in later]
        MeaningOutbox.objects.filter(pk__in=done).delete()


def _passages(page_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """`(digest, passage)` by page: the Vietnamese title with the summary, or where there is none
    with the beginning of the text."""
    rows = SearchDocument.objects.filter(pk__in=list(page_ids)).values_list("pk", "texts")
    found = {}
    for page_id, texts in rows:
        own = texts[settings.LANGUAGE_CODE]
        whole = f"{own['title']}. {own['summary'] or own['body'][:LONGEST]}"
        passage = " ".join(whole[:LONGEST].split()[:SYLLABLES])
        content = f"{model.NAME}\n{passage}".encode()
        found[page_id] = (hashlib.blake2b(content, digest_size=16).hexdigest(), passage)
    return found


def stored_vectors(page_ids: Iterable[int]) -> dict[int, str]:
    """The vectors of pages in hexadecimal, as Elasticsearch takes them. At most one query."""
    if not settings.SEARCH_MEANING:
        return {}
    rows = SearchVector.objects.filter(pk__in=list(page_ids)).values_list("pk", "vector")
    return {page_id: bytes(vector).hex() for page_id, vector in rows}
