"""The one search of the portal: pages, API and commands all ask here."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from search.meaning import asking as meaning
from search.meaning import near
from search.office.naming import named_in
from search.office.vocabulary import office
from search.text import Query, parse_query

from . import elastic, elasticsearch, postgresql
from .facets import labelled
from .matching import Match, Reach, match_for
from .names import names_for
from .places import Place, place_of
from .requests import FACETS, Engine, Found, SearchRequest, SearchResponse, Sort
from .results import load_results
from .spelling import better_spelling

logger = logging.getLogger("liencap.search")

# When some change waits for Elasticsearch longer than this, PostgreSQL knows better. Asked with
# every search: no value to bind, which took the driver longer than the whole question.
IS_BEHIND = """
    SELECT EXISTS (SELECT 1 FROM search_index_indexqueue
                   WHERE queued_at < statement_timestamp() - interval '2 seconds')
"""
NOTHING = Found([], 0, {name: [] for name in FACETS})
# A page without all words must be so much better than the best with all of them to be preferred.
MARGIN = 1.15


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found, which one it was, and whether not all words were asked for."""

    found: Found
    engine: Engine
    relaxed: bool = False
    reach: Reach = Reach.ALL


def search(request: SearchRequest) -> SearchResponse:
    """Search the public pages of the installation.

    Elasticsearch answers where it is configured, in time and up to date; otherwise, within the
    same call, PostgreSQL. Raises elastic.Unavailable or elastic.NoIndex only when the request
    insists on Elasticsearch.
    """
    started = time.monotonic()
    names = names_for(request.version)
    place = place_of(request.unit, request.scope, names) if request.unit else None
    query = parse_query(request.text, office().table(place.near if place else ()))
    answer = _answer(request, query, place)
    language = request.filters.language or get_language() or settings.LANGUAGE_CODE
    results = load_results(answer.found.ids, query, request, language, names)
    suggestion = query.text if query.decoded_from else None
    if suggestion is None and query and (answer.relaxed or not answer.found.total):
        suggestion = better_spelling(query)
    return SearchResponse(
        query=request.text,
        parsed=query,
        near=place.near if place else (),
        total=answer.found.total,
        engine=answer.engine,
        took_ms=round((time.monotonic() - started) * 1000),
        results=results,
        facets=labelled(answer.found, names),
        suggestion=suggestion,
        relaxed=answer.relaxed,
    )


def _answer(request: SearchRequest, query: Query, place: Place | None) -> Answer:
    if not query:
        return Answer(NOTHING, request.engine or Engine.POSTGRESQL)
    named = named_in(query.tokens, office())
    match = match_for(query, named)
    units = tuple(unit for name in named for unit in name.units)
    if place and units:
        # Who names a unit is there in her thoughts, wherever she searches.
        place = replace(place, near=units)
    if request.engine is not None:
        return _ask(request.engine, request, query, match, place)
    if settings.ELASTICSEARCH_URL and not _is_behind() and elastic.breaker.lets_through():
        try:
            with elastic.within(elastic.SEARCH_SECONDS):
                answer = _ask(Engine.ELASTICSEARCH, request, query, match, place)
            elastic.breaker.reset()
            return answer
        except (elastic.Unavailable, elastic.NoIndex) as error:
            elastic.breaker.trip()
            logger.warning("Elasticsearch does not answer, PostgreSQL does: %s", error)
    return _ask(Engine.POSTGRESQL, request, query, match, place)


def _ask(
    engine: Engine, request: SearchRequest, query: Query, match: Match, place: Place | None
) -> Answer:
    """By words, and where these are not sure and meaning may help, by both."""
    if not meaning.may_help(request, query):
        return _by_words(engine, request, match, place)
    # A whole number of pages of results; what stands on them is joined.
    size = meaning.WINDOW // request.size * request.size
    window = _by_words(engine, replace(request, page=1, size=size), match, place)
    nearest = elasticsearch.nearest if engine == Engine.ELASTICSEARCH else near.nearest_for
    found = window.found
    related = []
    share = meaning.share_in_heads(query, found)
    if meaning.is_needed(query, share):
        near_units = place.near if place else ()
        related = meaning.related(query, partial(nearest, request, place), near_units)
    if related:
        match = replace(match, also=tuple(related))
        ids = meaning.fuse(found.ids, related, found.exact, weak=share < meaning.MUCH)[:size]
        find = _finder(engine)
        found = replace(find(replace(request, page=1), match, place, window.reach), ids=ids)
    if request.offset < size:
        ids = found.ids[request.offset : request.offset + request.size]
    else:
        rest = replace(match, without=tuple(found.ids))
        later = replace(request, page=request.page - size // request.size)
        ids = _finder(engine)(later, rest, place, window.reach).ids
    return replace(window, found=replace(found, ids=ids), relaxed=window.relaxed and not related)


def _finder(engine: Engine) -> Callable[[SearchRequest, Match, Place | None, Reach], Found]:
    return elasticsearch.find if engine == Engine.ELASTICSEARCH else postgresql.find


def _by_words(engine: Engine, request: SearchRequest, match: Match, place: Place | None) -> Answer:
    """All words first; pages with most of them where these answer better, or nothing else does.

    By date, pages that only have the words here and there would come before those that are about
    them: two must stand side by side, if that finds any. What the first page of results decides
    holds for all pages.
    """
    find = _finder(engine)
    first = replace(request, page=1) if request.page > 1 else request
    reach = Reach.CLOSE if request.sort == Sort.DATE and match.can_be_close else Reach.ALL
    found = find(first, match, place, reach)
    if reach is Reach.CLOSE and not found.total:
        found, reach = find(first, match, place, Reach.ALL), Reach.ALL
    if _wants_more(found, request, match):
        more = find(first, match, place, Reach.MOST)
        if not found.total or more.best > MARGIN * found.best:
            found, reach = more, Reach.MOST
    if not found.total and match.enough(Reach.SOME) < match.enough(Reach.MOST):
        found, reach = find(first, match, place, Reach.SOME), Reach.SOME
    if request.page > 1 and found.total > request.offset:
        found = find(request, match, place, reach)
    elif request.page > 1:
        found = replace(found, ids=[])
    relaxed = found.total > 0 and reach in (Reach.MOST, Reach.SOME)
    return Answer(found, engine, relaxed, reach)


def _wants_more(found: Found, request: SearchRequest, match: Match) -> bool:
    """Whether pages without all of the words may answer better: a word may be mistyped. Not where
    the first has the query in a row, or all its words in title and summary."""
    if match.enough(Reach.MOST) == match.enough(Reach.ALL):
        return False
    if not found.total:
        return True
    is_found = found.is_sure or found.has_all_in_heads
    return request.sort == Sort.RELEVANCE and len(match.groups) > 2 and not is_found


def _is_behind() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_BEHIND)
        return bool(cursor.fetchone()[0])


__all__ = ["Engine", "SearchRequest", "SearchResponse", "search"]
