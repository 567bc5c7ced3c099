"""The read model that residents search, and what is still on its way into it.

The way of a change: a row in `SearchOutbox`, written in the transaction of the change → a
`SearchDocument` in PostgreSQL with its `SearchEntry` and `SearchHeads` → a row in `IndexQueue`
until Elasticsearch has confirmed it.
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
    """What is known of one public page. No foreign keys: it may lag behind its page.

    What finds and ranks it stands in rows of its own (`SearchEntry`, `SearchHeads`). `accents` are
    the different accented tokens of all texts, which rank but are in no index. `area` are
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
    expire_at = models.DateTimeField(null=True)
    source_id = models.CharField(max_length=100)
    languages = ArrayField(models.CharField(max_length=10))
    audience = ArrayField(models.CharField(max_length=60))
    policy = models.CharField(max_length=11)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    texts = models.JSONField()
    accents = SearchVectorField()
    payload = models.TextField()
    file_ids = ArrayField(models.BigIntegerField(), default=list)
    file_types = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["file_ids"], name="search_files"),
            models.Index(fields=["unit_id", "-public_at"], name="search_unit"),
        ]

    # Writes the three vectors; set by `documents.compute_documents`.
    vectors: Callable[[], None]
    # Literals of `tsvector` on their way to `SearchEntry` and `SearchHeads`.
    words: str
    heads: str

    def __str__(self) -> str:
        return f"page {self.page_id}, version {self.version}"


class SearchFacts(models.Model):
    """What documents have in common that are equal in all by which they are narrowed and counted.

    Rows are never changed, and stay when no document has them any more: there are about a hundred
    times fewer than documents. `key` is a number made of all other columns. `area` and `file_types`
    have their values between spaces; what a page has not is null.
    """

    id = models.AutoField(primary_key=True)
    key = models.BigIntegerField(unique=True)
    unit_id = models.BigIntegerField()
    section_id = models.BigIntegerField(null=True)
    year = models.SmallIntegerField()
    tier = models.CharField(max_length=8)
    province = models.CharField(max_length=5)
    type = models.CharField(max_length=50)
    area = models.TextField()
    kind = models.CharField(max_length=FACT, null=True)
    field = models.CharField(max_length=FACT, null=True)
    issuer = models.CharField(max_length=FACT, null=True)
    validity = models.CharField(max_length=FACT, null=True)
    file_types = models.TextField(null=True)
    languages = ArrayField(models.CharField(max_length=10))
    audience = ArrayField(models.CharField(max_length=60))
    policy = models.CharField(max_length=11)

    def __str__(self) -> str:
        return f"{self.type} of unit {self.unit_id}, {self.year}"


class SearchEntry(models.Model):
    """What finds a document. Its rows are narrow, as a common word finds half of them; so `words`
    stands outside the row (`toast_tuple_target` of the table).

    `words` has no positions: the folded tokens of all texts, `a_b` for neighbours, `^a` for tokens
    of titles, `#key` for document numbers. Like all vectors it is built by `vectors.py` without
    PostgreSQL's parser, so that both engines see the same tokens.
    """

    document = models.OneToOneField(
        SearchDocument, models.CASCADE, primary_key=True, db_column="page_id", related_name="+"
    )
    public_at = models.DateTimeField()
    facts = models.ForeignKey(SearchFacts, models.PROTECT, db_index=False, related_name="+")
    expire_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    words = SearchVectorField()

    class Meta:
        indexes = [
            # `sorting.py` sorts in what waits.
            GinIndex(fields=["words"], name="search_entry_words")
        ]

    def __str__(self) -> str:
        return f"page {self.document_id}"


class SearchHeads(models.Model):
    """What ranks a document, read for a thousand of them in one search: so it stands in the row,
    uncompressed (storage of the table).

    `heads` has the tokens of titles (weight A) and summaries (B) in both forms, the accented one as
    `=exact`, and their neighbours.
    """

    document = models.OneToOneField(
        SearchDocument, models.CASCADE, primary_key=True, db_column="page_id", related_name="+"
    )
    heads = SearchVectorField()

    def __str__(self) -> str:
        return f"page {self.document_id}"


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
