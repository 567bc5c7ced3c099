"""Which drawn pictures are stored."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DrawnPicture(models.Model):
    """The drawn picture of one page in one language, as a file in the media store.

    `digest` stands for what it says, `look` for the colours and the emblem that it was drawn in.
    """

    page = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, models.CASCADE, related_name="drawn_pictures"
    )
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=12)
    look = models.CharField(max_length=12, default="")
    file = models.FileField(upload_to="chia-se", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="drawn_picture_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name of the file in the media store."""
        return str(self.file.name)
