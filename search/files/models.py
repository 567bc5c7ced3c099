"""What was read of the files that people attach to pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a file could be read. All but the first three are shown to its owner."""

    UNREAD = "unread", _("Waiting to be read")
    OK = "ok", _("Read")
    EMPTY = "empty", _("No text in it")
    ENCRYPTED = "encrypted", _("Protected by a password")
    CORRUPT = "corrupt", _("Damaged")
    TOO_BIG = "too_big", _("Too big, only the beginning was read")
    TIMEOUT = "timeout", _("Took too long, only the beginning was read")
    NO_OCR = "no_ocr", _("Scanned, and no text recognition is installed")
    ARCHIVE = "archive", _("Packed archive")
    UNKNOWN = "unknown", _("Unknown kind of file")
    MISSING = "missing", _("Missing in the store")


READ_WELL = (State.UNREAD, State.OK, State.EMPTY)


class Part(models.TextChoices):
    """What the parts of a file are called."""

    PAGE = "page", _("page")
    SHEET = "sheet", _("sheet")
    SLIDE = "slide", _("slide")


class FileText(models.Model):
    """The state of one file. `digest` is that of the content that was read (BLAKE2b, 16 bytes in
    hexadecimal), `reader` the version of the rules it was read by, `parts` what its numbered parts
    are, "" where it has none.

    `due` means that somebody has to look at the file (again); what was read before stays
    searchable until then. `taken_at` and `attempts` tell of readers that died over it.
    """

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="file_text",
        verbose_name=_("document"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UNREAD)
    digest = models.CharField(max_length=32, blank=True)
    reader = models.SmallIntegerField(default=0)
    parts = models.CharField(max_length=5, choices=Part, blank=True)
    due = models.BooleanField(default=True)
    attempts = models.SmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [
            models.Index(fields=["document"], name="file_text_due", condition=models.Q(due=True)),
        ]

    def __str__(self) -> str:
        return f"document {self.document_id}: {self.state}"


class FilePage(models.Model):
    """A page, sheet or slide of a file, or a piece of a file that has no such parts (number 0).

    `position` counts the pieces from 0; `words` are the different folded tokens of `text`, and
    `a_b` for neighbours.
    """

    file = models.ForeignKey(FileText, models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="file_page_once"),
        ]

    def __str__(self) -> str:
        return f"document {self.file_id}, {self.number or self.position}"
