"""What is offered while somebody types."""

from __future__ import annotations

from django.db import models


class Rank(models.IntegerChoices):
    """The kinds of suggestion, those first that stand first when all else is equal."""

    UNIT = 0
    SERVICE = 1
    QUERY = 2
    PAGE = 3


class Suggestion(models.Model):
    """One place at which a text can be begun to be typed: its beginning, or one of its words.

    `key` is the folded text from word number `start` on. Units and queries hold their `text`
    here; titles of pages are read from the page when they are shown, which also tells whether it
    may be. `weight`: searches of a query, the day of a page (days since 1970), 0 for units.
    """

    rank = models.SmallIntegerField(choices=Rank.choices)
    key = models.CharField(max_length=48)
    start = models.SmallIntegerField()
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    unit_id = models.BigIntegerField(null=True)
    page_id = models.BigIntegerField(null=True)
    weight = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["rank", "key"],
                name="suggest_key",
                opclasses=["int2_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["unit_id", "key"],
                name="suggest_unit_key",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(fields=["page_id"], name="suggest_page"),
        ]

    def __str__(self) -> str:
        return self.key
