"""Vectors that say what a page is about, and which pages still wait for theirs."""

from __future__ import annotations

from django.db import models


class SearchVector(models.Model):
    """The vector of a page's passage. No foreign keys, like the search documents.

    `digest` is that of the passage and the model (BLAKE2b, 16 bytes in hexadecimal); `vector` are
    384 signed bytes in the direction of the embedding; `computed_at` orders changes for caches.
    """

    page_id = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=32)
    vector = models.BinaryField()
    computed_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return f"page {self.page_id}"


class MeaningQueue(models.Model):
    """A page whose search document changed since its vector was looked at."""

    page_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"page {self.page_id}"
