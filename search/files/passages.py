"""The place in a page's files that answers a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import PurePath
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.media.models import PortalDocument
from search.index.vectors import quoted
from search.text import Query, highlight

from .models import Part
from .texts import private_files

# A piece that has fewer of the query's words is no answer.
ENOUGH = 0.7
MAX_WORDS = 12

BEST = """
    SELECT DISTINCT ON (l.page_id) l.page_id, f.document_id, f.parts, p.number, p.name, p.text
    FROM unnest(%(page_ids)s::bigint[], %(file_ids)s::bigint[]) AS l(page_id, file_id)
    JOIN search_files_filetext f ON f.document_id = l.file_id
    JOIN search_files_filepage p ON p.file_id = l.file_id
    CROSS JOIN LATERAL (
        SELECT (SELECT count(*) FROM unnest(%(words)s::text[]) x WHERE p.words @@ x::tsquery) hits,
               (SELECT count(*) FROM unnest(%(pairs)s::text[]) x WHERE p.words @@ x::tsquery) near
        ) matched
    WHERE p.words @@ %(any)s::tsquery AND hits >= %(enough)s
    ORDER BY l.page_id, hits DESC, near DESC, l.file_id, p.position
"""


@dataclass(frozen=True, slots=True)
class FileHit:
    """A file of a page in which the query was found.

    `place` is where in it, in the reader's language ("page 3"), "" where a file has no such
    places; `number` that of the page, sheet or slide, or None; `highlight` is safe HTML; `path`
    leads to the file on any host of the portal, a PDF opens at the page.
    """

    id: int
    title: str
    filename: str
    type: str
    path: str
    place: str
    number: int | None
    highlight: str


def find_in_files(linked: dict[int, Sequence[int]], query: Query) -> dict[int, FileHit]:
    """The best place in the files of each page, by page id; pages without one are left out.

    `linked` are the ids of the files of each page. At most three queries, none without files.
    """
    pairs = [(page_id, file_id) for page_id, ids in linked.items() for file_id in ids]
    words = list(dict.fromkeys(token.fold for token in query.tokens))[:MAX_WORDS]
    if not pairs or not words:
        return {}
    public = PortalDocument.objects.exclude(private_files())
    files = public.in_bulk({file_id for _, file_id in pairs})
    pairs = [pair for pair in pairs if pair[1] in files]
    return {
        page_id: _hit(files[file_id], parts, number, name, text, query)
        for page_id, file_id, parts, number, name, text in _best(pairs, words, query)
    }


def _best(
    pairs: Sequence[tuple[int, int]], words: Sequence[str], query: Query
) -> list[tuple[int, int, str, int, str, str]]:
    if not pairs:
        return []
    folded = [token.fold for token in query.tokens]
    literals = [quoted(word) for word in words]
    page_ids, file_ids = zip(*pairs, strict=True)
    parameters: dict[str, Any] = {
        "page_ids": list(page_ids),
        "file_ids": list(file_ids),
        "words": literals,
        "any": " | ".join(literals),
        "pairs": [quoted(f"{left}_{right}") for left, right in pairwise(folded)][:MAX_WORDS],
        "enough": ceil(ENOUGH * len(words)),
    }
    with connection.cursor() as cursor:
        cursor.execute(BEST, parameters)
        return cursor.fetchall()


def _hit(
    file: PortalDocument, parts: str, number: int, name: str, text: str, query: Query
) -> FileHit:
    kind = PurePath(file.filename).suffix[1:].lower()
    path = reverse("wagtaildocs_serve", args=[file.pk, file.filename])
    return FileHit(
        id=file.pk,
        title=file.title,
        filename=file.filename,
        type=kind,
        path=f"{path}#page={number}" if kind == "pdf" and number else path,
        place=_place(parts, number, name),
        number=number or None,
        highlight=highlight(text, query),
    )


def _place(parts: str, number: int, name: str) -> str:
    """Where in the file, for people."""
    if not number:
        return ""
    if parts == Part.SHEET:
        return _("sheet “%(name)s”") % {"name": name} if name else _("sheet %(n)s") % {"n": number}
    if parts == Part.SLIDE:
        return _("slide %(n)s") % {"n": number}
    return _("page %(n)s") % {"n": number}
