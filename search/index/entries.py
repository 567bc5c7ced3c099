"""What PostgreSQL searches of a document: rows that are written together with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection

from .models import SearchDocument, SearchFacts

# The columns of `SearchFacts` that documents have as well, in the order of its key.
SHARED = (
    "unit_id", "section_id", "year", "tier", "province", "type", "area", "kind", "field", "issuer",
    "validity", "file_types", "languages", "audience", "policy",
)  # fmt: skip
# What is the same stays as it is, so that nothing of it is stored or indexed again: a row that is
# written anew is sorted into the index of words once more.
WRITE = """
    WITH written AS (
        SELECT d.*, f.id AS facts_id FROM unnest(
            %(pages)s::bigint[], %(moments)s::timestamptz[], %(keys)s::bigint[],
            %(expire)s::timestamptz[], %(start)s::timestamptz[], %(end)s::timestamptz[],
            %(words)s::text[], %(heads)s::text[]
        ) AS d(page_id, public_at, key, expire_at, starts_at, ends_at, words, heads)
        JOIN search_index_searchfacts f USING (key)),
    ranking AS (
        INSERT INTO search_index_searchheads AS old (page_id, heads)
        SELECT page_id, heads::tsvector FROM written ON CONFLICT (page_id) DO UPDATE SET
            heads = EXCLUDED.heads WHERE old.heads <> EXCLUDED.heads)
    INSERT INTO search_index_searchentry AS old
        (page_id, public_at, facts_id, expire_at, starts_at, ends_at, words)
    SELECT page_id, public_at, facts_id, expire_at, starts_at, ends_at, words::tsvector
    FROM written ON CONFLICT (page_id) DO UPDATE SET
        (public_at, facts_id, expire_at, starts_at, ends_at) = ROW (EXCLUDED.public_at,
            EXCLUDED.facts_id, EXCLUDED.expire_at, EXCLUDED.starts_at, EXCLUDED.ends_at),
        words = CASE WHEN old.words = EXCLUDED.words THEN old.words ELSE EXCLUDED.words END
    WHERE old IS DISTINCT FROM EXCLUDED
"""


def documents_written(documents: Sequence[SearchDocument], **kwargs: Any) -> None:
    """Follow the read model, in its own transaction. Two statements; what is deleted goes with its
    document."""
    if not documents:
        return
    facts = [_facts(document) for document in documents]
    different = {row.key: row for row in facts}
    SearchFacts.objects.bulk_create(different.values(), ignore_conflicts=True)
    parameters: dict[str, Any] = {
        "pages": [document.pk for document in documents],
        "moments": [document.public_at for document in documents],
        "keys": [row.key for row in facts],
        "expire": [document.expire_at for document in documents],
        "start": [document.starts_at for document in documents],
        "end": [document.ends_at for document in documents],
        "words": [document.words for document in documents],
        "heads": [document.heads for document in documents],
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, parameters)


def _facts(document: SearchDocument) -> SearchFacts:
    values = {name: getattr(document, name) for name in SHARED}
    values |= {
        "area": " ".join(document.area),
        "file_types": " ".join(document.file_types) or None,
        **{name: values[name] or None for name in ("kind", "field", "issuer", "validity")},
    }
    return SearchFacts(key=_key(document), **values)


def _key(document: SearchDocument) -> int:
    """A number of 63 bits that is equal for equal facts."""
    values = orjson.dumps([getattr(document, name) for name in SHARED])
    digest = hashlib.blake2b(values, digest_size=8).digest()
    return int.from_bytes(digest) >> 1
