"""The one search of the portal: pages, API and commands all ask here."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from search.office.vocabulary import office
from search.text import Query, parse_query

from . import elastic, elasticsearch, postgresql
from .facets import labelled
from .matching import Match, match_for
from .models import IndexQueue
from .places import Place, place_of
from .requests import Engine, Found, SearchRequest, SearchResponse
from .results import load_results
from .spelling import better_spelling

logger = logging.getLogger("liencap.search")

# When Elasticsearch is behind by more than this, PostgreSQL knows better.
MOST_SECONDS_BEHIND = 2.0
NOTHING = Found([], 0, {"tier": [], "unit": [], "section": [], "year": []})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found, which one it was, and whether not all words were asked for."""

    found: Found
    engine: Engine
    relaxed: bool = False


def search(request: SearchRequest) -> SearchResponse:
    """Search the public pages of the installation.

    Elasticsearch answers where it is configured, in time and up to date; otherwise, within the
    same call, PostgreSQL. Raises elastic.Unavailable or elastic.NoIndex only when the request
    insists on Elasticsearch.
    """
    started = time.monotonic()
    place = place_of(request.unit, request.scope) if request.unit else None
    query = parse_query(request.text, office().table(place.near if place else ()))
    answer = _answer(request, query, place)
    language = request.filters.language or get_language() or settings.LANGUAGE_CODE
    results = load_results(answer.found.ids, query, request, language)
    suggestion = query.text if query.decoded_from else None
    if suggestion is None and query and (answer.relaxed or not answer.found.total):
        suggestion = better_spelling(query)
    return SearchResponse(
        query=request.text,
        understood=query.text,
        total=answer.found.total,
        engine=answer.engine,
        took_ms=round((time.monotonic() - started) * 1000),
        results=results,
        facets=labelled(answer.found),
        suggestion=suggestion,
        relaxed=answer.relaxed,
    )


def _answer(request: SearchRequest, query: Query, place: Place | None) -> Answer:
    if not query:
        return Answer(NOTHING, request.engine or Engine.POSTGRESQL)
    match = match_for(query)
    if request.engine is not None:
        return _ask(request.engine, request, match, place)
    if settings.ELASTICSEARCH_URL and not elastic.breaker.is_open() and not _is_behind():
        try:
            return _ask(Engine.ELASTICSEARCH, request, match, place)
        except (elastic.Unavailable, elastic.NoIndex) as error:
            elastic.breaker.trip()
            logger.warning("Elasticsearch does not answer, PostgreSQL does: %s", error)
    return _ask(Engine.POSTGRESQL, request, match, place)


def _ask(engine: Engine, request: SearchRequest, match: Match, place: Place | None) -> Answer:
    """All words first; where nothing has them all, most of them."""
    find = elasticsearch.find if engine == Engine.ELASTICSEARCH else postgresql.find
    found = find(request, match, place, None)
    if found.total or match.enough is None:
        return Answer(found, engine)
    found = find(request, match, place, match.enough)
    return Answer(found, engine, relaxed=found.total > 0)


def _is_behind() -> bool:
    """Whether some change has been waiting for Elasticsearch for too long."""
    oldest = IndexQueue.objects.order_by("queued_at").values_list("queued_at", flat=True).first()
    return oldest is not None and (timezone.now() - oldest).total_seconds() > MOST_SECONDS_BEHIND


__all__ = ["Engine", "SearchRequest", "SearchResponse", "search"]
