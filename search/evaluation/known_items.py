"""Queries for articles that are in the database, generated: who types this wants that article."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cms.articles.models import ArticlePage
from search.text import fold, shipped_table
from search.text.tokens import forms, words

from . import typing_ways as ways

SPAN, SUMMARY_SPAN, BODY_SPAN = 6, 9, 10
PIECES, PIECE = 4, 2


@dataclass(frozen=True, slots=True)
class Item:
    """A query, and the `source_id` of the pages that answer it."""

    kind: str
    query: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article as its queries are made from it."""

    source_id: str
    title: tuple[str, ...]
    summary: tuple[str, ...]
    body: tuple[str, ...]


class KnownItems:
    """Makes the queries of every kind from imported articles, the same for the same seed."""

    def __init__(self, sample: int, seed: int, id_prefix: str = "") -> None:
        """`sample` queries of a kind, of articles whose `source_id` begins with `id_prefix`."""
        self._sample = sample
        self._seed = seed
        self._prefix = id_prefix

    def of_kind(self, kind: str) -> list[Item]:
        """Up to `sample` queries of one of KINDS."""
        rng = random.Random(f"{self._seed} {kind}")  # noqa: S311 (repeatable, not secret)
        found = []
        for source in self._sources:
            query = KINDS[kind](self, source, rng)
            if query:
                found.append(Item(kind, query, (source.source_id,)))
            if len(found) == self._sample:
                break
        return found

    def span(self, source: Source, rng: random.Random) -> str:
        """Six syllables in a row of the title that stand in no other title."""
        starts = list(range(len(source.title) - SPAN + 1))
        rng.shuffle(starts)
        for start in starts:
            span = source.title[start : start + SPAN]
            if self._spans[_key(span)] == 1:
                return " ".join(span)
        return ""

    @cached_property
    def _spans(self) -> Counter[str]:
        """How often six syllables stand in titles."""
        titles = ArticlePage.objects.order_by().values_list("title", flat=True)
        found: Counter[str] = Counter()
        for title in titles.iterator(chunk_size=5000):
            syllables = words(title)
            found.update(
                {_key(syllables[at : at + SPAN]) for at in range(len(syllables) - SPAN + 1)}
            )
        return found

    @cached_property
    def _sources(self) -> list[Source]:
        """Articles in an order of the seed, more than the sample, as not each fits each kind."""
        pages = ArticlePage.objects.order_by().exclude(source_id="")
        pages = pages.filter(source_id__startswith=self._prefix, live=True)
        ids = sorted(pages.values_list("source_id", "pk"))
        random.Random(self._seed).shuffle(ids)  # noqa: S311
        taken = [pk for _, pk in ids[: self._sample * 12]]
        found = {page.pk: page for page in ArticlePage.objects.filter(pk__in=taken)}
        return [_source(found[pk]) for pk in taken]


def _source(page: ArticlePage) -> Source:
    return Source(
        page.source_id,
        tuple(words(page.title)),
        tuple(words(page.summary_vi)),
        tuple(words(page.search_body("vi"))),
    )


def _key(syllables: Sequence[str]) -> str:
    return fold(" ".join(syllables))


Maker = Callable[[KnownItems, Source, random.Random], str]


def _span(way: ways.Way) -> Maker:
    def make(items: KnownItems, source: Source, rng: random.Random) -> str:
        span = items.span(source, rng)
        return way(span, rng) if span else ""

    return make


def _moved_tone(items: KnownItems, source: Source, rng: random.Random) -> str:
    span = items.span(source, rng)
    return ways.other_tone_place(span, rng) if ways.has_moving_tone(span) else ""


def _abbreviated(items: KnownItems, source: Source, rng: random.Random) -> str:
    """The whole title with one abbreviation written out, or one name abbreviated."""
    swaps = list(_swaps(source.title))
    if not swaps or not items.span(source, rng):
        return ""
    start, end, other = rng.choice(swaps)
    return " ".join([*source.title[:start], other, *source.title[end:]])


def _swaps(title: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """`(start, end, other form)` for the well-known pairs that stand in a title as written."""
    lowered = [forms(word)[0] for word in title]
    for row in shipped_table().rows:
        if row.way != "both" or row.context or row.group == "colloquial":
            continue
        short, long = words(row.short), [exact for exact, _ in row.long_forms]
        for at in range(len(title)):
            if list(title[at : at + len(short)]) == short:
                yield at, at + len(short), row.long
            if lowered[at : at + len(long)] == long:
                yield at, at + len(long), row.short


def _row_of(field: str, size: int) -> Maker:
    def make(_items: KnownItems, source: Source, rng: random.Random) -> str:
        syllables = getattr(source, field)
        if len(syllables) < size:
            return ""
        start = rng.randrange(len(syllables) - size + 1)
        return ways.without_accents(" ".join(syllables[start : start + size]), rng)

    return make


def _pieces(way: ways.Way) -> Maker:
    def make(_items: KnownItems, source: Source, rng: random.Random) -> str:
        text = (*source.title, *source.summary)
        if len(source.title) < SPAN or len(text) < 2 * PIECES * PIECE:
            return ""
        starts = rng.sample(range(len(text) // PIECE), PIECES)
        pieces = [" ".join(text[at * PIECE : at * PIECE + PIECE]) for at in starts]
        return way(" ".join(pieces), rng)

    return make


KINDS: dict[str, Maker] = {
    "span": _span(ways.as_typed),
    "span, lower case": _span(ways.in_lower_case),
    "span, NFD": _span(ways.decomposed),
    "span, no accents": _span(ways.without_accents),
    "span, other tone placement": _moved_tone,
    "span, raw Telex": _span(ways.in_telex),
    "span, one error": _span(ways.with_an_error),
    "span, one error, no accents": _span(ways.with_an_error_and_without_accents),
    "title, abbreviation swapped": _abbreviated,
    "summary, nine syllables, no accents": _row_of("summary", SUMMARY_SPAN),
    "body, ten syllables, no accents": _row_of("body", BODY_SPAN),
    "four pieces": _pieces(ways.as_typed),
    "four pieces, no accents": _pieces(ways.without_accents),
}
