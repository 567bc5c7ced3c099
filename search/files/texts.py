"""The texts of files as search documents take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import connection
from django.db.models import Q
from wagtail.models import CollectionViewRestriction

from cms.media.models import PortalDocument

from .linked import linked_files

# Code points of all files of one page together. PostgreSQL knows 16,383 positions in a text,
# which is about as much.
MAX_TEXT = 100_000
# Pages with files whose texts are held at the same time.
AT_ONCE = 25

TEXTS = """
    SELECT file_id, text FROM (
        SELECT file_id, position, text,
               sum(length(text)) OVER (PARTITION BY file_id ORDER BY position) AS read
        FROM search_files_filepage WHERE file_id = ANY(%s)) pages
    WHERE read - length(text) < %s ORDER BY file_id, position
"""


@dataclass(frozen=True, slots=True)
class Attached:
    """What a page's files give its search document.

    `ids` are all linked files, `types` the kinds ("pdf") of those that everybody may read, `text`
    the text of these, their titles first.
    """

    ids: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    text: str = ""


NOTHING = Attached()


def with_files(pages: Sequence[Any]) -> Iterator[tuple[Any, Attached]]:
    """Each page of one type with what its files give. Two queries per 25 pages with files."""
    linked = linked_files(pages)
    holders = [page for page in pages if page.pk in linked]
    for page in pages:
        if page.pk not in linked:
            yield page, NOTHING
    for start in range(0, len(holders), AT_ONCE):
        group = holders[start : start + AT_ONCE]
        files = _public_files({pk for page in group for pk in linked[page.pk]})
        texts = _texts(files)
        for page in group:
            yield page, _attached(linked[page.pk], files, texts)


def private_files() -> Q:
    """Documents in collections that not everybody may see. One query."""
    restricted = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    private = Q(pk__in=[])
    for path in restricted:
        private |= Q(collection__path__startswith=path)
    return private


def _attached(
    ids: Iterable[int], files: dict[int, PortalDocument], texts: dict[int, str]
) -> Attached:
    public = [files[pk] for pk in ids if pk in files]
    types = dict.fromkeys(PurePath(file.file.name).suffix[1:11].lower() for file in public)
    parts = [part for file in public for part in (file.title, texts.get(file.pk, ""))]
    text = "\n".join(filter(None, parts))[:MAX_TEXT]
    return Attached(tuple(ids), tuple(filter(None, types)), text)


def _public_files(ids: Iterable[int]) -> dict[int, PortalDocument]:
    found = PortalDocument.objects.filter(pk__in=ids).exclude(private_files())
    return {file.pk: file for file in found.only("pk", "title", "file")}


def _texts(ids: Iterable[int]) -> dict[int, str]:
    """The beginnings of the texts of files."""
    parts: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [list(ids), MAX_TEXT])
        for file_id, text in cursor.fetchall():
            parts.setdefault(file_id, []).append(text)
    return {file_id: "\n".join(texts) for file_id, texts in parts.items()}
