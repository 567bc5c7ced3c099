"""Vectors that say what a page is about, and which pages wait for theirs."""

from __future__ import annotations

from django.db import models

# Signed bytes of one vector.
DIMENSIONS = 384


class SearchVector(models.Model):
    """The vector of a page's passage. No foreign keys, like the search documents.

    `digest` is that of the passage and the model (BLAKE2b, 16 bytes in hexadecimal); `vector` are
    `DIMENSIONS` signed bytes in the direction of the embedding; `computed_at` tells caches of
    changes.
    """

    page_id = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=32)
    vector = models.BinaryField()
    computed_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return f"page {self.page_id}"


class MeaningOutbox(models.Model):
    """A page whose search document was written; its vector may have to be computed again.

    Those that people come for by name are the first.
    """

    id = models.BigAutoField(primary_key=True)
    page_id = models.BigIntegerField()
    is_service = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["is_service", "id"], name="meaning_outbox_turn")]

    def __str__(self) -> str:
        return f"{self.id}: page {self.page_id}"
