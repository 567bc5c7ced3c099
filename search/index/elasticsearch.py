"""The search in Elasticsearch: the same groups, scope and filters as in `postgresql.py`."""

from __future__ import annotations

from typing import Any

from . import elastic
from .matching import Alternative, Group, How, Match
from .moments import day_bounds, now
from .places import Place
from .ranking import LOCALITY, Weight
from .requests import Filters, Found, Scope, SearchRequest, Sort

Clause = dict[str, Any]

FACETS: dict[str, Clause] = {
    "tier": {"terms": {"field": "tier", "size": 10}},
    "unit": {"terms": {"field": "unit", "size": 500}},
    "section": {"terms": {"field": "section", "size": 200}},
    "year": {"terms": {"field": "year", "size": 200}},
}
# After equal scores the newest comes first; the id makes the order of pages of results stable.
BY_SCORE = [{"_score": "desc"}, {"public_at": "desc"}, {"page_id": "desc"}]
BY_DATE = [{"public_at": "desc"}, {"page_id": "desc"}]


def find(request: SearchRequest, match: Match, place: Place | None, enough: int | None) -> Found:
    """Search the live index; `enough` groups suffice when given, else all must be met.

    Raises elastic.Unavailable or elastic.NoIndex.
    """
    groups = [_any_of(group) for group in match.groups]
    query: Clause = {
        "should": _signs(match),
        "must_not": [_phrase("text", run) for run in match.excluded],
        "filter": [*_scope(request.scope, place), *_filters(request.filters)],
    }
    if enough is None:
        query["must"] = groups
    else:
        query["must"] = [{"bool": {"should": groups, "minimum_should_match": enough}}]
    answer = elastic.ask(
        {
            "query": _near_first({"bool": query}, place),
            "sort": BY_SCORE if request.sort == Sort.RELEVANCE else BY_DATE,
            "from_": request.offset,
            "size": request.size,
            "track_total_hits": True,
            "aggs": FACETS,
        }
    )
    return Found(
        ids=[int(hit["_id"]) for hit in answer["hits"]["hits"]],
        total=answer["hits"]["total"]["value"],
        facets={
            name: [(bucket["key"], bucket["doc_count"]) for bucket in facet["buckets"]]
            for name, facet in answer["aggregations"].items()
        },
    )


def _any_of(group: Group) -> Clause:
    clauses = [_alternative(alternative) for alternative in group]
    return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses}}


def _alternative(alternative: Alternative) -> Clause:
    if alternative.how is How.NUMBER:
        return {"term": {"numbers": alternative.tokens[0]}}
    if alternative.how is How.PHRASE:
        return _phrase("text", alternative.tokens)
    return _every("text", alternative.tokens)


def _every(field: str, tokens: tuple[str, ...], boost: float = 1.0) -> Clause:
    return {"match": {field: {"query": " ".join(tokens), "operator": "and", "boost": boost}}}


def _phrase(field: str, tokens: tuple[str, ...], boost: float = 1.0) -> Clause:
    return {"match_phrase": {field: {"query": " ".join(tokens), "boost": boost}}}


def _signs(match: Match) -> list[Clause]:
    """What makes a document better without being needed."""
    signs: list[Clause] = [
        {"constant_score": {"filter": {"term": {"numbers": key}}, "boost": 10 * Weight.NUMBER}}
        for key in match.numbers
    ]
    signs += [_some("title", match.folded, Weight.TITLE), _some("summary", match.folded)]
    if match.phrase:
        signs += [
            _phrase("title", match.phrase, Weight.TITLE_PHRASE),
            _phrase("text", match.phrase, Weight.PHRASE),
        ]
    if match.exact:
        signs.append(_some("title_exact", match.exact, Weight.EXACT_TITLE))
        signs += [
            {"term": {"accents": {"value": token, "boost": Weight.EXACT}}} for token in match.exact
        ]
    if match.exact_phrase:
        signs.append(_phrase("title_exact", match.exact_phrase, Weight.EXACT_TITLE))
    return signs


def _some(field: str, tokens: tuple[str, ...], boost: float = Weight.HEADS) -> Clause:
    return {"match": {field: {"query": " ".join(tokens), "boost": boost}}}


def _near_first(query: Clause, place: Place | None) -> Clause:
    if place is None:
        return query
    functions = [
        {"filter": {"term": {"unit": unit_id}}, "weight": weight}
        for unit_id, weight in zip(place.near, LOCALITY, strict=False)
    ]
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": "first",
            "boost_mode": "multiply",
        }
    }


def _scope(scope: Scope, place: Place | None) -> list[Clause]:
    if place is None or scope == Scope.ALL:
        return []
    if scope == Scope.LEVEL:
        return [{"term": {"tier": place.tier}}, {"term": {"province": place.province}}]
    pushed: Clause = {
        "bool": {
            "filter": [{"terms": {"audience": list(place.tokens)}}],
            "must_not": [
                {"term": {"policy": "library"}},
                {"terms": {"page_id": list(place.hidden)}},
            ],
        }
    }
    taken: Clause = {"terms": {"page_id": list(place.accepted)}}
    in_period = [
        _unset_or("starts_at", {"lte": now().isoformat()}),
        _unset_or("ends_at", {"gt": now().isoformat()}),
    ]
    received: Clause = {"bool": {"filter": [*in_period, _one_of([pushed, taken])]}}
    return [_one_of([{"term": {"unit": place.unit_id}}, received])]


def _filters(filters: Filters) -> list[Clause]:
    clauses = [_unset_or("expire_at", {"gt": now().isoformat()})]
    terms = {
        "type": filters.type,
        "tier": filters.tier,
        "section": filters.section_id,
        "languages": filters.language,
    }
    clauses += [{"term": {name: value}} for name, value in terms.items() if value not in ("", None)]
    if filters.unit_ids:
        clauses.append({"terms": {"unit": list(filters.unit_ids)}})
    since, until = day_bounds(filters.since, filters.until)
    if since:
        clauses.append({"range": {"public_at": {"gte": since.isoformat()}}})
    if until:
        clauses.append({"range": {"public_at": {"lt": until.isoformat()}}})
    return clauses


def _one_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _unset_or(field: str, bounds: dict[str, str]) -> Clause:
    unset: Clause = {"bool": {"must_not": [{"exists": {"field": field}}]}}
    return _one_of([unset, {"range": {field: bounds}}])
