"""Compare what should be searchable with what is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings

from . import elastic
from .documents import compute_documents, searchable_ids
from .models import SearchDocument

BATCH = 500


@dataclass
class Comparison:
    """`database` and `index` are numbers of documents; the lists hold page ids."""

    database: int = 0
    index: int = 0
    missing: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether any page is not found as it should be."""
        return bool(self.missing or self.stale or self.extra)


def compare() -> Comparison:
    """Pages ↔ read model ↔ Elasticsearch (where configured): ids, contents and versions.

    The documents are computed from the pages again. Raises elastic.Unavailable or elastic.NoIndex.
    """
    stored = dict(SearchDocument.objects.values_list("pk", "version"))
    indexed = stored
    if settings.ELASTICSEARCH_URL:
        elastic.refresh_live()
        indexed = dict(elastic.stored_versions())
    result = Comparison(index=len(indexed))
    expected: set[int] = set()
    for page_id, is_current in _expected():
        expected.add(page_id)
        if page_id not in stored or page_id not in indexed:
            result.missing.append(page_id)
        elif not is_current or indexed[page_id] != stored[page_id]:
            result.stale.append(page_id)
    result.database = len(expected)
    result.extra = sorted((stored.keys() | indexed.keys()) - expected)
    return result


def _expected() -> Iterator[tuple[int, bool]]:
    """`(page id, whether the read model has it as it should be)` of every searchable page."""
    ids = searchable_ids()
    while chunk := list(islice(ids, BATCH)):
        digests = dict(SearchDocument.objects.filter(pk__in=chunk).values_list("pk", "digest"))
        for pk, document in compute_documents(chunk).items():
            yield pk, digests.get(pk) == document.digest
