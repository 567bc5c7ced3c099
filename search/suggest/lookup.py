"""What to offer for the beginning of a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from search.text import Token, decode_typing, tokens
from sites.units.models import AdministrativeUnit

from .filling import KEY_LENGTH
from .models import Rank

MOST = 8
MOST_OF_RANK = {Rank.UNIT: 3, Rank.SERVICE: 4, Rank.QUERY: 4, Rank.PAGE: 6}
ALL = -1
# How far a page is away: of the own unit, of one above it, of another.
FAR = 2
LONG_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu")
# One letter says nothing; titles wait for a third.
FEWEST_LETTERS, FEWEST_FOR_TITLES = 2, 3
LONGEST = 100
# Entries of an index range that are looked at: enough to choose from, and bounded.
LOOKED_AT = 200
# Of each kind, so many are read from their pages.
CONSIDERED = 16
# Titles with so many equal words from the match on follow one pattern: one of them is enough.
PATTERN_WORDS = 5
# After a space the last word is complete: it ends the key, or another word follows.
COMPLETE = "(key = %(key)s OR key LIKE %(key)s || ' %%')"

# Ranges of the index in its own order, each cut; then the best of them, with their texts. Private
# branches are read once, and pages by their key: the planner, which cannot know how few rows come
# here, would read the whole table of pages for either.
STATEMENT = f"""
    WITH found AS (
        (SELECT * FROM search_suggest_suggestion
         WHERE unit_id = %(unit)s AND key LIKE %(pattern)s AND rank = ANY(%(ranks)s)
         AND {{ending}} LIMIT {LOOKED_AT})
        UNION
        (SELECT s.* FROM unnest(%(ranks)s::smallint[]) r(rank), LATERAL (
            SELECT * FROM search_suggest_suggestion t
            WHERE t.rank = r.rank AND t.key LIKE %(pattern)s AND {{ending}}
            LIMIT {LOOKED_AT}) s)),
    best AS (
        SELECT *, row_number() OVER (
            PARTITION BY rank ORDER BY unit_id = %(unit)s DESC NULLS LAST,
                unit_id = ANY(%(near)s) DESC NULLS LAST, start > 0, weight DESC, id) AS place
        FROM found WHERE language = ANY(%(languages)s)),
    private AS MATERIALIZED (
        SELECT rp.path FROM wagtailcore_pageviewrestriction r
        JOIN basepage_basepage rp ON rp.id = r.page_id)
    SELECT b.rank, b.start,
        CASE WHEN b.unit_id = %(unit)s THEN 0 WHEN b.unit_id = ANY(%(near)s) THEN 1 ELSE 2 END,
        b.weight, u.name, v.name,
        CASE WHEN b.page_id IS NULL THEN b.text
             WHEN b.language = %(own_language)s THEN p.title ELSE p.{{headline}} END
    FROM best b
    LEFT JOIN LATERAL (
        SELECT * FROM basepage_basepage p WHERE p.id = b.page_id OFFSET 0) p ON TRUE
    LEFT JOIN units_administrativeunit u ON u.id = b.unit_id
    LEFT JOIN units_administrativeunit v ON v.id = u.parent_id
    WHERE place <= {CONSIDERED} AND (b.page_id IS NULL OR p.live AND p.listed
        AND (p.expire_at IS NULL OR p.expire_at > now())
        AND NOT EXISTS (SELECT 1 FROM private WHERE starts_with(p.path, private.path)))
    ORDER BY b.rank, place
"""  # noqa: S608 (constants of ours)


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion: what would be searched, its kind, and the unit where that tells more."""

    text: str
    kind: str
    detail: str = ""


def suggest(typed: str, unit: AdministrativeUnit | None) -> list[Offer]:
    """At most eight texts that begin, at one of their words, with what was typed.

    Own pages first, then those of the units above. Empty where nothing helps. One query; two for
    raw Telex or VNI.
    """
    typed = typed[:LONGEST]
    offers = _offers(typed, unit)
    if not offers and (decoded := decode_typing(typed)):
        offers = _offers(decoded, unit)
    return offers


def _offers(typed: str, unit: AdministrativeUnit | None) -> list[Offer]:
    wanted = tokens(typed)
    key = " ".join(token.fold for token in wanted)
    letters = len(key.replace(" ", ""))
    if letters < FEWEST_LETTERS:
        return []
    is_complete = typed[-1:].isspace() and len(key) < KEY_LENGTH
    rows = _rows(key[:KEY_LENGTH], letters, unit, is_complete=is_complete)
    fitting = [row for row in rows if _fits(wanted, row[1], row[6])]
    return list(_chosen(fitting or rows, wanted))


def _rows(
    key: str, letters: int, unit: AdministrativeUnit | None, *, is_complete: bool
) -> list[tuple[Any, ...]]:
    language = get_language() or settings.LANGUAGE_CODE
    ranks = [rank.value for rank in Rank if rank < Rank.PAGE or letters >= FEWEST_FOR_TITLES]
    near = unit.ancestors().values_list("pk", flat=True) if unit and unit.ancestor_codes else []
    parameters = {
        "key": key,
        "pattern": key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        "ranks": ranks,
        "unit": unit.pk if unit else None,
        "near": list(near),
        "languages": ["", settings.LANGUAGE_CODE, language],
        "own_language": settings.LANGUAGE_CODE,
    }
    headline = f"headline_{language}" if language != settings.LANGUAGE_CODE else "title"
    with connection.cursor() as cursor:
        ending = COMPLETE if is_complete else "TRUE"
        cursor.execute(STATEMENT.format(headline=headline, ending=ending), parameters)
        return cursor.fetchall()


def _fits(typed: Sequence[Token], start: int, text: str) -> bool:
    """Whether the accents of all finished words are the text's; the last is still being typed."""
    if not any(token.has_marks for token in typed[:-1]):
        return True
    own = tokens(text)[start:]
    return all(
        not token.has_marks or token.exact == mine.exact
        for token, mine in zip(typed[:-1], own, strict=False)
    )


def _chosen(rows: Iterable[tuple[Any, ...]], typed: Sequence[Token]) -> Iterator[Offer]:
    """The best of each kind, none twice: with the accents of the last word first, what is far
    away last, and texts that begin with what was typed before those that have it further on."""
    seen: set[Sequence[str]] = set()
    left = {int(rank): most for rank, most in MOST_OF_RANK.items()} | {ALL: MOST}
    last, at = typed[-1], len(typed) - 1
    pattern_words = max(PATTERN_WORDS, len(typed) + 2)
    ordered = sorted(
        rows,
        key=lambda row: (
            not _begins(last, row[6], row[1] + at),
            _is_far(row),
            row[1] > _kind_words(row),
            row[0],
            row[2] > 0,
        ),
    )
    for rank, start, _distance, _weight, unit, parent, text in ordered:
        folds = tuple(token.fold for token in tokens(text))
        pattern = folds[start : start + pattern_words] if rank == Rank.PAGE else folds
        if pattern in seen or folds in seen or not left[rank] or left[ALL] == 0:
            continue
        seen |= {folds, pattern}
        left[rank] -= 1
        left[ALL] -= 1
        yield Offer(text, Rank(rank).name.lower(), _detail(rank, unit, parent))


def _is_far(row: tuple[Any, ...]) -> bool:
    """Whether it is a page of another unit, or a unit that only has the word in its name."""
    if row[0] == Rank.UNIT:
        return row[1] > _kind_words(row)
    return row[0] == Rank.PAGE and row[2] == FAR


def _kind_words(row: tuple[Any, ...]) -> int:
    """How many words stand before the name proper: "Xã", "Thị trấn"; 0 for all but units."""
    if row[0] != Rank.UNIT:
        return 0
    return 2 if row[6].lower().startswith(LONG_KINDS) else 1


def _begins(typed: Token, text: str, at: int) -> bool:
    """Whether word number `at` begins with what was typed, accents and all."""
    own = tokens(text)
    return not typed.has_marks or (at < len(own) and own[at].exact.startswith(typed.exact))


def _detail(rank: int, unit: str | None, parent: str | None) -> str:
    """Where a unit lies, or whose page it is."""
    return (parent if rank == Rank.UNIT else unit) or ""
