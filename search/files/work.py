"""Which files have to be read, and reading them one after the other.

The database is the only state: a file is due until its text is stored. A reader that dies leaves
the file due; after a few deaths the file is given up.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.media.models import PortalDocument
from search.index.drain import refresh_lock
from search.index.models import SearchDocument
from search.index.outbox import queue_pages
from search.index.vectors import quoted
from search.text import analyse

from .models import FilePage, FileText, State
from .readers.pieces import READER, Piece
from .reading import Reading, digest_of, on_disk, read_text

logger = logging.getLogger("liencap.search")

MOST_ATTEMPTS = 3
# Longer than the longest reading: after this a reader is taken for dead.
LEASE = datetime.timedelta(minutes=3)
BATCH = 500


def mark_due(document_ids: Iterable[int]) -> None:
    """Have files looked at (again). Two statements per 500 files."""
    ids = list(document_ids)
    for start in range(0, len(ids), BATCH):
        FileText.objects.bulk_create(
            [FileText(document_id=pk) for pk in ids[start : start + BATCH]],
            update_conflicts=True,
            unique_fields=["document"],
            update_fields=["due", "attempts", "taken_at"],
        )


def unread_ids(*, again: bool) -> list[int]:
    """Documents that nobody looked at yet; with `again` also those that could not be read, and
    those that were read by older rules."""
    wanted = Q(file_text__isnull=True)
    if again:
        wanted |= Q(file_text__reader__lt=READER)
        wanted |= ~Q(file_text__state__in=[State.OK, State.EMPTY])
    return list(PortalDocument.objects.filter(wanted).values_list("pk", flat=True))


def read_next() -> bool:
    """Read the next file that is due; False when there is none."""
    file = _take()
    if file is None:
        return False
    if file.attempts > MOST_ATTEMPTS:
        _store(file, Reading(State.CORRUPT), file.digest)
    else:
        read_file(file)
    return True


def read_file(file: FileText) -> None:
    """Read one file and store its text, unless the same content was read before."""
    document = PortalDocument.objects.get(pk=file.document_id)
    try:
        with on_disk(document.file) as opened:
            digest = digest_of(opened)
            is_known = digest == file.digest and file.reader == READER
            if is_known and file.state in (State.OK, State.EMPTY):
                FileText.objects.filter(pk=file.pk).update(due=False)
                return
            reading = read_text(opened, document.filename)
    # Each store has errors of its own for a file that is gone.
    except Exception as error:  # noqa: BLE001
        logger.warning("File %s cannot be opened: %s", file.pk, error)
        digest, reading = "", Reading(State.MISSING)
    _store(file, reading, digest)


@transaction.atomic
def _take() -> FileText | None:
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=timezone.now() - LEASE)
    waiting = FileText.objects.filter(free, due=True).order_by("attempts", "pk")
    file = waiting.select_for_update(skip_locked=True).first()
    if file is not None:
        file.attempts += 1
        file.taken_at = timezone.now()
        file.save(update_fields=["attempts", "taken_at"])
    return file


@transaction.atomic
def _store(file: FileText, reading: Reading, digest: str) -> None:
    """Replace what was stored; pages that link the file are computed again."""
    # Under the lock of the documents: a page that is computed at this moment either sees the text
    # or is seen here.
    refresh_lock()
    kept = FileText.objects.filter(pk=file.pk, taken_at=file.taken_at)
    if not kept.update(
        state=reading.state, parts=reading.parts, digest=digest, reader=READER, due=False,
        attempts=0, taken_at=None, read_at=timezone.now(),
    ):  # fmt: skip
        return  # deleted, replaced or taken over meanwhile
    FilePage.objects.filter(file_id=file.pk).delete()
    FilePage.objects.bulk_create(_rows(file.pk, reading.pieces), batch_size=BATCH)
    queue_pages(pages_linking([file.pk]))


def _rows(file_id: int, pieces: Iterable[Piece]) -> list[FilePage]:
    return [
        FilePage(
            file_id=file_id, position=at, number=piece.number, name=piece.name, text=piece.text,
            words=_words(piece.text),
        )
        for at, piece in enumerate(pieces)
    ]  # fmt: skip


def _words(text: str) -> str:
    """The different tokens of a text, and its neighbours as `a_b`; no positions are needed."""
    tokens = analyse(text).folded.split()
    pairs = {f"{left}_{right}" for left, right in pairwise(tokens)}
    return " ".join(map(quoted, sorted(pairs.union(tokens))))


def pages_linking(document_ids: Iterable[int]) -> list[int]:
    """The public pages that link any of these files, as the search documents know them."""
    found = SearchDocument.objects.filter(file_ids__overlap=list(document_ids))
    return list(found.values_list("pk", flat=True))
