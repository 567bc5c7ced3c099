"""Which of the pages whose vectors are nearest to a query answer it.

All cosines of the model lie close together, so a page counts by how far it stands out from the
fiftieth: the best has 1, the fiftieth 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from search.index.ranking import SERVICES
from search.text import tokens

# The page from which the others stand out.
LAST = 50
MOST = 10
# One page that is very near must not hide the others that answer as well.
FEWEST = 5
# How far behind the best a page may lie.
NEAR = 0.75
# Who asks in a sentence wants to have something done; notices tell that somebody else did it.
TYPES = dict.fromkeys(SERVICES, 0.4)
# The title has what a word of every day stands for: "mai táng" for "chôn cất".
NAMED = 0.4
# Of the searcher's own unit, the one above it, and the one above that.
LOCALITY = (0.3, 0.2, 0.1)
# Two pages that say the same, as the notices of two communes about one campaign.
SAME = 0.95

FACTS = """
    SELECT v.page_id, d.type, d.unit_id, v.vector,
        CASE WHEN d.type = ANY(%s) THEN d.texts -> %s ->> 'title' ELSE '' END
    FROM search_meaning_searchvector v
    JOIN search_index_searchdocument d USING (page_id) WHERE v.page_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page with its standing and its unit vector (384, float32)."""

    page_id: int
    standing: float
    vector: Any


def choose(
    found: Sequence[tuple[int, float]], near: Sequence[int], names: Sequence[str] = ()
) -> list[int]:
    """The pages that answer, best first, of `(page id, cosine)`, nearest first: between `FEWEST`
    and `MOST`. `near` are the ids of the searcher's unit and those above it, `names` what words
    of the query stand for in the language of offices, folded. One query."""
    return pick(_candidates(found, near, names)) if found else []


def pick(candidates: Iterable[Candidate]) -> list[int]:
    """The pages that stand out. Of those that say the same the first is taken, and the others
    follow where there is room."""
    ranked = sorted(candidates, key=lambda page: -page.standing)
    kept: list[Candidate] = []
    again: list[Candidate] = []
    for candidate in ranked:
        (again if _is_said(candidate, kept) else kept).append(candidate)
        if len(kept) == MOST:
            break
    ordered = [*kept, *again]
    least = ranked[0].standing - NEAR if ranked else 0.0
    outstanding = [page for page in ordered if page.standing >= least]
    chosen = outstanding if len(outstanding) > FEWEST else ordered[:FEWEST]
    return [page.page_id for page in chosen[:MOST]]


def _candidates(
    found: Sequence[tuple[int, float]], near: Sequence[int], names: Sequence[str]
) -> list[Candidate]:
    import numpy

    best, last = found[0][1], found[:LAST][-1][1]
    with connection.cursor() as cursor:
        page_ids = [page_id for page_id, _ in found]
        cursor.execute(FACTS, [list(TYPES), settings.LANGUAGE_CODE, page_ids])
        facts = {page_id: rest for page_id, *rest in cursor.fetchall()}
    candidates = []
    for page_id, cosine in found:
        if page_id not in facts:
            continue  # gone since
        kind, unit_id, stored, title = facts[page_id]
        vector = numpy.frombuffer(stored, numpy.int8).astype(numpy.float32)
        standing = (cosine - last) / (best - last) if best > last else 1.0
        standing += TYPES.get(kind, 0.0) + _locality(unit_id, near)
        standing += NAMED if names and _has_one(title, names) else 0.0
        candidates.append(Candidate(page_id, standing, vector / numpy.linalg.norm(vector)))
    return candidates


def _locality(unit_id: int, near: Sequence[int]) -> float:
    pairs = zip(near, LOCALITY, strict=False)
    return next((gain for unit, gain in pairs if unit == unit_id), 0.0)


def _has_one(title: str, names: Sequence[str]) -> bool:
    """Whether a title has one of some names."""
    folds = f" {' '.join(token.fold for token in tokens(title))} "
    return any(f" {name} " in folds for name in names)


def _is_said(candidate: Candidate, kept: Sequence[Candidate]) -> bool:
    return any(float(candidate.vector @ other.vector) > SAME for other in kept)
