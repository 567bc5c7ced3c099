"""Keeping the suggestions in step with pages, units and queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from search.index.models import SearchDocument
from search.index.ranking import SERVICES
from search.office.counting import as_written
from search.office.models import QueryCount
from search.text import tokens
from sites.hosts.registry import host_map
from sites.units.models import AdministrativeUnit

from .models import Rank, Suggestion

# A title may be begun at any of its first words; the key needs no more than people type.
TITLE_STARTS = 6
KEY_LENGTH = 48
BATCH = 2000
# What few people typed is offered to nobody.
FEWEST_SEARCHES = 10
MOST_QUERIES = 2000
MONTHS = 3
EPOCH = datetime.date(1970, 1, 1)

Row = tuple[int, str, int, str, str, int | None, int | None, int]

INSERT = """
    INSERT INTO search_suggest_suggestion
        (rank, key, start, text, language, unit_id, page_id, weight)
    SELECT * FROM unnest(%s::smallint[], %s::varchar[], %s::smallint[], %s::varchar[],
        %s::varchar[], %s::bigint[], %s::bigint[], %s::int[])
"""
MISSING = """
    SELECT d.page_id FROM search_index_searchdocument d
    WHERE NOT EXISTS (SELECT 1 FROM search_suggest_suggestion s WHERE s.page_id = d.page_id)
    ORDER BY d.page_id
"""
GONE = """
    DELETE FROM search_suggest_suggestion s WHERE s.page_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM search_index_searchdocument d WHERE d.page_id = s.page_id)
"""


def keys(text: str, starts: int | None = None) -> Iterator[tuple[int, str]]:
    """`(number of the word, folded text from there on)` for each word a text can be begun at."""
    folds = [token.fold for token in tokens(text)]
    for start in range(min(len(folds), starts or len(folds))):
        yield start, " ".join(folds[start : start + 12])[:KEY_LENGTH]


def documents_written(
    documents: Sequence[SearchDocument], gone: Iterable[int] = (), **kwargs: Any
) -> None:
    """Follow the read model, in its own transaction. Two statements."""
    pages = [*gone, *(document.pk for document in documents)]
    Suggestion.objects.filter(page_id__in=pages).delete()
    insert(row for document in documents for row in page_rows(document))


def page_rows(document: SearchDocument) -> Iterator[Row]:
    """One row for each way to begin a title of a page."""
    rank = Rank.SERVICE if document.type in SERVICES else Rank.PAGE
    day = (timezone.localtime(document.public_at).date() - EPOCH).days
    for language, texts in document.texts.items():
        for start, key in keys(texts["title"], TITLE_STARTS):
            yield rank, key, start, "", language, document.unit_id, document.pk, day


def insert(rows: Iterable[Row]) -> None:
    """Write rows, thousands at a time."""
    waiting = list(rows)
    with connection.cursor() as cursor:
        for at in range(0, len(waiting), BATCH):
            columns = zip(*waiting[at : at + BATCH], strict=True)
            cursor.execute(INSERT, [list(column) for column in columns])


def refresh() -> None:
    """Names of units and frequent queries anew; pages that are missing or gone."""
    with transaction.atomic():
        Suggestion.objects.filter(page_id=None).delete()
        insert([*unit_rows(), *query_rows()])
    heal_pages()


def unit_rows() -> Iterator[Row]:
    """Names of the units that have a site, and of those that they came from or became."""
    here = list(host_map().by_unit)
    related = Q(pk__in=here) | Q(successions__new__in=here) | Q(origins__old__in=here)
    units = AdministrativeUnit.objects.filter(related).distinct().values_list("pk", "name")
    for pk, name in units:
        for start, key in keys(name):
            yield Rank.UNIT, key, start, name, "", pk, None, 0


def query_rows() -> Iterator[Row]:
    """What many people searched lately in the whole installation, and found."""
    since = (timezone.localdate() - datetime.timedelta(days=31 * MONTHS)).replace(day=1)
    counts = QueryCount.objects.filter(unit_code="", month__gte=since).exclude(text="")
    found = (
        counts.values("text")
        .annotate(total=Sum("searches"), nothing=Sum("empty"))
        .filter(total__gte=FEWEST_SEARCHES)
        .order_by("-total")[:MOST_QUERIES]
    )
    for entry in found:
        if 2 * entry["nothing"] > entry["total"]:
            continue
        for start, key in keys(entry["text"]):
            yield Rank.QUERY, key, start, as_written(entry["text"]), "", None, None, entry["total"]


def heal_pages() -> None:
    """Bring pages in line that some mishap left behind."""
    with connection.cursor() as cursor:
        cursor.execute(GONE)
        cursor.execute(MISSING)
        missing = [page_id for (page_id,) in cursor.fetchall()]
    for at in range(0, len(missing), BATCH):
        part = missing[at : at + BATCH]
        fields = ("page_id", "type", "public_at", "texts", "unit_id")
        documents = SearchDocument.objects.filter(pk__in=part).only(*fields)
        insert(row for document in documents for row in page_rows(document))
