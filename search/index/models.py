"""The read model that residents search, and what is still on its way into it.

The way of a change: a row in `SearchOutbox`, written in the transaction of the change → a
`SearchDocument` in PostgreSQL → a row in `IndexQueue` until Elasticsearch has confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models.lookups import Lookup

# Longer names of kinds, fields and issuers are cut.
FACT = 100


class SearchOutbox(models.Model):
    """A page whose document has to be computed again. Written with the change itself."""

    id = models.BigAutoField(primary_key=True)
    page_id = models.BigIntegerField()
    queued_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.id}: page {self.page_id}"


class SearchDocument(models.Model):
    """What is searched of one public page. No foreign keys: it may lag behind its page.

    `words` finds, without positions: the folded tokens of all texts, `a_b` for neighbours, `^a` for
    tokens of titles, `#key` for document numbers. What only ranks is in no index: `heads` has the
    tokens of titles (weight A) and summaries (B) in both forms, the accented one as `=exact`, and
    their neighbours; `accents` the different accented tokens of all texts. All are built by
    `vectors.py` without PostgreSQL's parser, so that both engines see the same tokens. Documents
    with equal `facts` are equal in all that results are narrowed by: facets count these. `area` are
    the codes of the unit and of the units above it; `kind`, `field`, `issuer` and `validity` come
    from `Facts`. `payload` is the document as Elasticsearch takes it, in JSON. `file_ids` are all
    files that the page links, `file_types` the kinds of those that everybody may read ("pdf").
    """

    page_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    unit_id = models.BigIntegerField()
    tier = models.CharField(max_length=8)
    province = models.CharField(max_length=5)
    section_id = models.BigIntegerField(null=True)
    type = models.CharField(max_length=50)
    area = ArrayField(models.CharField(max_length=5), default=list)
    kind = models.CharField(max_length=FACT, default="")
    field = models.CharField(max_length=FACT, default="")
    issuer = models.CharField(max_length=FACT, default="")
    validity = models.CharField(max_length=FACT, default="")
    public_at = models.DateTimeField()
    year = models.SmallIntegerField()
    facts = models.BigIntegerField(default=0)
    expire_at = models.DateTimeField(null=True)
    source_id = models.CharField(max_length=100)
    languages = ArrayField(models.CharField(max_length=10))
    audience = ArrayField(models.CharField(max_length=60))
    policy = models.CharField(max_length=11)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    texts = models.JSONField()
    heads = SearchVectorField()
    words = SearchVectorField()
    accents = SearchVectorField()
    payload = models.TextField()
    file_ids = ArrayField(models.BigIntegerField(), default=list)
    file_types = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["file_ids"], name="search_files"),
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(fields=["audience"], name="search_audience"),
            models.Index(fields=["unit_id", "-public_at"], name="search_unit"),
        ]

    # Writes the three vectors; set by `documents.compute_documents`.
    vectors: Callable[[], None]

    def __str__(self) -> str:
        return f"page {self.page_id}, version {self.version}"


class IndexQueue(models.Model):
    """A page whose newest document Elasticsearch has not confirmed yet.

    A page without a `SearchDocument` is to be deleted from the index.
    """

    page_id = models.BigIntegerField(primary_key=True)
    version = models.BigIntegerField(db_index=True)
    queued_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"page {self.page_id}, version {self.version}"


class IndexBuild(models.Model):
    """An index that is being filled beside the live one; every change goes to both."""

    index = models.CharField(max_length=200, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.index


def next_version() -> int:
    """A number higher than that of every document computed before.

    Call it while holding the lock of `drain.refresh`, before reading the pages: only then does a
    higher version mean newer content.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])


class _OneOf(Lookup[list[int]]):
    """`id = ANY(array)`: one parameter, where `pk__in` has one for each id, which Django resolves
    and the driver writes one by one (a tenth of computing documents)."""

    lookup_name = "one_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*parameters, self.rhs)


def one_of(ids: Iterable[int], field: str = "pk") -> Lookup[list[int]]:
    """A condition for `filter`: that a key is one of many."""
    return _OneOf(models.F(field), list(ids))
