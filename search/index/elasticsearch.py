"""The search in Elasticsearch: the same groups, scope and filters as in `postgresql.py`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings

from . import elastic
from .matching import MARKS, Alternative, Group, How, Match, Pair, Reach
from .moments import day_bounds, now
from .places import Place
from .ranking import AGING_TYPES, COLLISION, IN_FILES_ONLY, LOCALITY, RECENCY, STANDING, Weight
from .requests import FACETS, SHOWN, Filters, Found, Scope, SearchRequest, Sort
from .vectors import JOINT, whole

Clause = dict[str, Any]

# More values than any facet of a province has: each of several shards counts so many, which are
# exact then. A single one counts exactly whatever it is asked for.
VALUES = 500
# What is told of a result besides its score.
SURE, IN_HEADS = "sure", "in heads"
BY_DATE = [{"public_at": "desc"}, {"page_id": "desc"}]
# A few signs find this many of the best, which are then ranked by all: each sign looks at every
# page it is asked about, and thousands meet common words.
RANKED = 64
# Keeps those that are not ranked by all behind the others, in their order.
BEHIND = 1e-6
# After equal scores the newest comes first: less than any sign by far.
NEWEST = 0.01


def find(request: SearchRequest, match: Match, place: Place | None, reach: Reach) -> Found:
    """Search the live index for what meets as many groups as `reach` says.

    Raises elastic.Unavailable or elastic.NoIndex.
    """
    query: Clause = {
        "must": [_groups(match, reach)],
        "must_not": [
            *(_phrase("text", run) for run in match.excluded),
            *([_pages(match.without)] if match.without else []),
        ],
        "filter": [*_scope(request.scope, place), *_filters(request.filters)],
    }
    chosen = _chosen(request.filters)
    body: dict[str, Any] = {
        **(_by_relevance if request.sort == Sort.RELEVANCE else _by_date)(query, match, place),
        "from_": request.offset,
        "size": request.size,
        "track_total_hits": True,
        "aggs": {name: _facet(name, chosen) for name in FACETS},
        # Nothing stored is read.
        "stored_fields": "_none_",
        "docvalue_fields": ["page_id"],
    }
    if chosen:
        body["post_filter"] = {"bool": {"filter": list(chosen.values())}}
    return _found(elastic.ask(body), chosen)


def _by_date(query: Clause, match: Match, _place: Place | None) -> Clause:
    return {"query": {"bool": query | {"should": _rows(match)}}, "sort": BY_DATE}


def _by_relevance(query: Clause, match: Match, place: Place | None) -> Clause:
    """Found and put in order by a few signs; the best of these ranked by all."""
    first = {"bool": query | {"should": [_newest(), *_first_signs(match)]}}
    signs = [_newest(), *_signs(match), _all_in_heads(match)]
    best = {"bool": {"must": [_constant({"match_all": {}})], "should": signs}}
    near = [*_nearness(place), *_collisions(match)]
    return {
        "query": _weighed(first, near),
        "rescore": {
            "window_size": RANKED,
            "query": {
                "rescore_query": _weighed(best, [*near, _files(match), *_freshness()]),
                "query_weight": BEHIND,
            },
        },
    }


def _found(answer: dict[str, Any], chosen: dict[str, Clause]) -> Found:
    hits = answer["hits"]["hits"]
    counts = {}
    for name, facet in answer["aggregations"].items():
        buckets = facet["values"]["buckets"] if chosen else facet["buckets"]
        counts[name] = [(str(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
    return Found(
        ids=[_page_id(hit) for hit in hits],
        total=answer["hits"]["total"]["value"],
        facets=counts,
        best=(hits[0]["_score"] or 0.0) if hits else 0.0,
        is_sure=bool(hits and _is(SURE, hits[0])),
        has_all_in_heads=bool(hits and _is(IN_HEADS, hits[0])),
        exact=tuple(_page_id(hit) for hit in hits if _is(SURE, hit)),
    )


def _is(name: str, hit: dict[str, Any]) -> bool:
    return name in hit.get("matched_queries", ())


def _page_id(hit: dict[str, Any]) -> int:
    return int(hit["fields"]["page_id"][0])


def _facet(name: str, chosen: dict[str, Clause]) -> Clause:
    """Counts among what all the other choices leave, so that a count is what a click finds."""
    counted = VALUES if settings.ELASTICSEARCH_SHARDS > 1 else SHOWN
    terms: Clause = {"terms": {"field": FACETS[name], "size": SHOWN, "shard_size": counted}}
    if not chosen:
        return terms
    others = [clause for other, clause in chosen.items() if other != name]
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": terms}}


# ------------------------------------------------------------------------------------ matching


def nearest(
    request: SearchRequest, place: Place | None, vector: bytes, count: int
) -> list[tuple[int, float]]:
    """`(page id, cosine)` of the pages whose vectors are nearest, among those asked for.

    Raises elastic.Unavailable or elastic.NoIndex.
    """
    narrowed = [*_scope(request.scope, place), *_filters(request.filters)]
    answer = elastic.ask(
        {
            "knn": {
                "field": "meaning",
                "query_vector": vector.hex(),
                "k": count,
                "num_candidates": 2 * count,
                "filter": [*narrowed, *_chosen(request.filters).values()],
            },
            "size": count,
            "track_total_hits": False,
        }
    )
    # Elasticsearch's score of a cosine is half of one more than it.
    return [(int(hit["_id"]), 2 * hit["_score"] - 1) for hit in answer["hits"]["hits"]]


def _pages(page_ids: Iterable[int]) -> Clause:
    return {"terms": {"page_id": list(page_ids)}}


def _groups(match: Match, reach: Reach) -> Clause:
    """What must be met. It only finds; the signs rank."""
    if match.also:
        others = replace(match, also=())
        return _constant(_one_of([_groups(others, reach), _pages(match.also)]))
    wanted = [_any_of(group) for group in match.groups]
    if reach is Reach.ALL:
        return _constant({"bool": {"filter": wanted}})
    enough: Clause = {"bool": {"should": wanted, "minimum_should_match": match.enough(reach)}}
    filters = [*map(_any_of, match.required), enough]
    if near := match.near(reach):
        neighbours = [_pair(pair) for pair in match.pairs]
        filters.append({"bool": {"should": neighbours, "minimum_should_match": near}})
    return _constant({"bool": {"filter": filters}})


def _constant(clause: Clause, boost: float = Weight.BASE) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost}}


def _any_of(group: Group) -> Clause:
    clauses = [_alternative(alternative) for alternative in group]
    return clauses[0] if len(clauses) == 1 else _one_of(clauses)


def _alternative(alternative: Alternative) -> Clause:
    if alternative.how is How.NUMBER:
        return {"term": {"numbers": alternative.tokens[0]}}
    if alternative.how in MARKS:
        return {"terms": {alternative.how.value: list(alternative.tokens)}}
    if alternative.how is How.PHRASE:
        return _row(alternative.tokens)
    if len(alternative.tokens) == 1:
        return {"term": {"text": alternative.tokens[0]}}
    return {"bool": {"filter": [{"term": {"text": token}} for token in alternative.tokens]}}


def _term(field: str, token: str, boost: float) -> Clause:
    return {"term": {field: {"value": token, "boost": boost}}}


def _phrase(field: str, tokens: tuple[str, ...], boost: float = 1.0) -> Clause:
    if len(tokens) == 1:
        return _term(field, tokens[0], boost)
    return {"match_phrase": {field: {"query": " ".join(tokens), "boost": boost}}}


def _row(
    tokens: tuple[str, ...], boost: float = 1.0, name: str = "", field: str = "text"
) -> Clause:
    """Tokens in a row anywhere: each neighbours of the next."""
    if len(tokens) == 1:
        return _term(field, tokens[0], boost)
    pairs = zip(tokens, tokens[1:], strict=False)
    row: Clause = {"must": [_pair(pair, field) for pair in dict.fromkeys(pairs)], "boost": boost}
    if name:
        row["_name"] = name
    return {"bool": row}


def _pair(pair: Pair, field: str = "text") -> Clause:
    return {"term": {f"{field}.pairs": JOINT.join(pair)}}


# ------------------------------------------------------------------------------------- ranking


def _first_signs(match: Match) -> list[Clause]:
    """The signs of which no good answer lacks all, and which are on few pages."""
    signs = [*_keys(match), *_rows(match), *_each("title", match.folded, Weight.TITLE)]
    if not match.pairs:
        return [*signs, *_each("heads", match.folded)]
    return [*signs, *_each_pair("heads", match.pairs, Weight.PAIRS)]


def _signs(match: Match) -> list[Clause]:
    """What makes a document better without being needed."""
    signs = [*_keys(match), *_rows(match)]
    signs += [*_each("title", match.folded, Weight.TITLE), *_each("heads", match.folded)]
    for phrase in match.phrases:
        signs += [
            _phrase("title", phrase, Weight.TITLE_PHRASE),
            _phrase("heads", phrase, Weight.HEADS_PHRASE),
        ]
    if len(match.folded) > 2:
        signs += _each_pair("heads", match.pairs, Weight.PAIRS)
        pairs = [_pair(pair) for pair in match.pairs]
        signs.append({"bool": {"should": pairs, "boost": Weight.TEXT_PAIRS}})
        signs += _each_pair("heads_exact", match.exact_pairs, Weight.EXACT_PAIRS)
    if match.exact:
        signs += _each("title_exact", match.exact, Weight.EXACT_TITLE)
        signs += _each("accents", match.exact, Weight.EXACT)
    if match.exact_phrase:
        signs.append(_phrase("title_exact", match.exact_phrase, Weight.EXACT_TITLE))
    return signs


def _keys(match: Match) -> list[Clause]:
    """What a document is, not what it says."""
    keys = [_constant({"term": {"numbers": key}}, Weight.NUMBER) for key in match.numbers]
    keys += [_constant({"term": {"own_numbers": key}}, Weight.OWN_NUMBER) for key in match.numbers]
    keys += [_constant(_alternative(mark), Weight.MARK) for mark in match.marks]
    titles = [{"term": {"whole_title": whole(phrase)}} for phrase in match.phrases]
    return keys + [_constant(title, Weight.WHOLE) for title in titles]


def _rows(match: Match) -> list[Clause]:
    """The whole query in a row, anywhere. By these an answer is sure."""
    return [_row(phrase, Weight.PHRASE, SURE) for phrase in match.phrases]


def _all_in_heads(match: Match) -> Clause:
    """Tells whether title and summary have every word; counts nothing."""
    every = {"bool": {"filter": [{"term": {"heads": token}} for token in match.folded]}}
    return {"constant_score": {"filter": every, "boost": 0, "_name": IN_HEADS}}


def _each(field: str, tokens: tuple[str, ...], boost: float = Weight.HEADS) -> list[Clause]:
    return [_term(field, token, boost) for token in tokens]


def _each_pair(field: str, pairs: Iterable[Pair], boost: float) -> list[Clause]:
    return [_phrase(field, pair, boost) for pair in pairs]


def _weighed(query: Clause, functions: list[Clause]) -> Clause:
    """Multiplied by the weights of all the functions whose filters a document meets."""
    return {
        "function_score": {
            "query": query,
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }


def _nearness(place: Place | None) -> list[Clause]:
    """How near the unit is, and what counts more for being what it is."""
    functions = [
        {"filter": {"term": {"unit": unit_id}}, "weight": weight}
        for unit_id, weight in zip(place.near if place else (), LOCALITY, strict=False)
    ]
    kinds = [{"filter": {"term": {"type": kind}}, "weight": weight} for kind, weight in STANDING]
    return functions + kinds


def _collisions(match: Match) -> list[Clause]:
    """For a short query with accents: that a page has them nowhere."""
    if not match.is_as_typed:
        return []
    accents = [{"term": {"accents": token}} for token in match.exact]
    without = {"bool": {"must_not": [{"bool": {"filter": accents}}]}}
    return [{"filter": without, "weight": COLLISION}]


def _files(match: Match) -> Clause:
    return {"filter": _in_files_only(match), "weight": IN_FILES_ONLY}


def _freshness() -> Iterator[Clause]:
    """How fresh the news is."""
    news = {"terms": {"type": list(AGING_TYPES)}}
    until = newer = _tomorrow()
    for days, weight in RECENCY:
        older = until - datetime.timedelta(days=days)
        fresh = {"range": {"public_at": {"gte": older.isoformat(), "lt": newer.isoformat()}}}
        yield {"filter": {"bool": {"filter": [news, fresh]}}, "weight": weight}
        newer = older


def _newest() -> Clause:
    """A hair's breadth for every day: decides among equals."""
    origin = {"field": "public_at", "origin": _tomorrow().isoformat(), "pivot": "1000d"}
    return {"distance_feature": {**origin, "boost": NEWEST}}


def _tomorrow() -> datetime.datetime:
    """The same all day, so that pages of results keep their order."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)


def _in_files_only(match: Match) -> Clause:
    """The pages whose files have the query in a row, while their own texts have not."""
    rows = match.phrases or (match.folded[:1],)
    has_row = _one_of([_row(row) for row in rows])
    own_rows = [_row(row, field="own_text") for row in rows]
    return {
        "bool": {"filter": [{"exists": {"field": "file_types"}}, has_row], "must_not": own_rows}
    }


# ----------------------------------------------------------------------------------- narrowing


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
    in_period = [_is_not("starts_at", "gt"), _is_not("ends_at", "lte")]
    received: Clause = {"bool": {"filter": [*in_period, _one_of([pushed, taken])]}}
    return [_one_of([{"term": {"unit": place.unit_id}}, received])]


def _filters(filters: Filters) -> list[Clause]:
    clauses = [_is_not("expire_at", "lte")]
    if filters.language:
        clauses.append({"term": {"languages": filters.language}})
    return clauses


def _chosen(filters: Filters) -> dict[str, Clause]:
    """The conditions of the facets that are in use, by facet."""
    chosen: dict[str, Clause] = {
        name: {"term": {FACETS[name]: value}} for name, value in filters.values().items()
    }
    if filters.unit_ids:
        chosen["unit"] = {"terms": {"unit": list(filters.unit_ids)}}
    since, until = day_bounds(filters.since, filters.until)
    bounds = {"gte": since and since.isoformat(), "lt": until and until.isoformat()}
    if since or until:
        in_time = {name: value for name, value in bounds.items() if value}
        chosen["year"] = {"range": {"public_at": in_time}}
    return chosen


def _one_of(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _is_not(field: str, bound: str) -> Clause:
    """For pages whose date is not on that side of now; those without the date are not either."""
    return {"bool": {"must_not": [{"range": {field: {bound: now().isoformat()}}}]}}
