"""The search in PostgreSQL: one statement for results, total and facets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from .matching import Alternative, Group, How, Match
from .moments import day_bounds, now
from .places import Place
from .ranking import LOCALITY, Weight
from .requests import Filters, Found, Scope, SearchRequest, Sort
from .vectors import quoted

STATEMENT = """
    WITH matched AS MATERIALIZED (
        SELECT page_id, tier, unit_id, section_id, year, public_at, {score} AS score
        FROM search_index_searchdocument WHERE {where}),
    counted AS (
        SELECT tier, unit_id, section_id, year, count(*) AS n
        FROM matched GROUP BY GROUPING SETS ((), (tier), (unit_id), (section_id), (year)))
    SELECT
        ARRAY(SELECT page_id FROM matched
              ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s),
        (SELECT count(*) FROM matched),
        (SELECT jsonb_agg(jsonb_build_array(tier, unit_id, section_id, year, n)) FROM counted)
"""
FACETS = ("tier", "unit", "section", "year")
BY_SCORE = "score DESC, public_at DESC, page_id DESC"
BY_DATE = "public_at DESC, page_id DESC"


@dataclass
class Conditions:
    """SQL conditions with their parameters, all of which must hold."""

    sql: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)

    def add(self, sql: str, **parameters: Any) -> None:
        """Add a condition that uses named parameters."""
        self.sql.append(sql)
        self.parameters |= parameters


def find(request: SearchRequest, match: Match, place: Place | None, enough: int | None) -> Found:
    """Search the read model; `enough` groups suffice when given, else all must be met."""
    where = Conditions()
    _add_match(where, match, enough)
    _add_scope(where, request.scope, place)
    _add_filters(where, request.filters)
    ranked = request.sort == Sort.RELEVANCE
    score = _score(where.parameters, match, place) if ranked else "0"
    sql = STATEMENT.format(
        score=score, where=" AND ".join(where.sql), order=BY_SCORE if ranked else BY_DATE
    )
    window = {"limit": request.size, "offset": request.offset}
    with connection.cursor() as cursor:
        cursor.execute(sql, where.parameters | window)
        ids, total, counts = cursor.fetchone()
    return Found(ids, total, _facets(json.loads(counts) if counts else []))


def tsquery(group: Group) -> str:
    """A group as the literal of a `tsquery`."""
    return "(" + " | ".join(map(_alternative, group)) + ")"


def _alternative(alternative: Alternative) -> str:
    if alternative.how is How.NUMBER:
        return quoted("#" + alternative.tokens[0])
    if alternative.how is How.PHRASE:
        return _phrase(alternative.tokens)
    return _every(alternative.tokens)


def _phrase(tokens: tuple[str, ...], prefix: str = "", suffix: str = "") -> str:
    return "(" + " <-> ".join(quoted(prefix + token) + suffix for token in tokens) + ")"


def _every(tokens: tuple[str, ...], prefix: str = "", suffix: str = "") -> str:
    return "(" + " & ".join(quoted(prefix + token) + suffix for token in tokens) + ")"


def _add_match(where: Conditions, match: Match, enough: int | None) -> None:
    groups = [tsquery(group) for group in match.groups]
    if enough is None:
        where.add("words @@ %(query)s::tsquery", query=" & ".join(groups))
    else:
        hits = " + ".join(f"(w @@ %(g{i})s::tsquery)::int" for i in range(len(groups)))
        where.add("words @@ %(query)s::tsquery", query=" | ".join(groups))
        # The empty addition unpacks the stored vector once instead of once per group.
        unpacked = "(SELECT words || ''::tsvector AS w OFFSET 0) unpacked"
        where.add(f"(SELECT {hits} FROM {unpacked}) >= %(enough)s", enough=enough)  # noqa: S608
        where.parameters |= {f"g{i}": group for i, group in enumerate(groups)}
    if match.excluded:
        runs = " | ".join(map(_phrase, match.excluded))
        where.add("NOT words @@ %(excluded)s::tsquery", excluded=runs)


def _add_scope(where: Conditions, scope: Scope, place: Place | None) -> None:
    if place is None or scope == Scope.ALL:
        return
    if scope == Scope.LEVEL:
        where.add(
            "tier = %(own_tier)s AND province = %(province)s",
            own_tier=place.tier,
            province=place.province,
        )
        return
    where.add(
        """(unit_id = %(own)s OR (starts_at IS NULL OR starts_at <= %(now)s)
            AND (ends_at IS NULL OR ends_at > %(now)s)
            AND (audience && %(tokens)s::varchar[] AND policy <> 'library'
                 AND page_id <> ALL(%(hidden)s::bigint[])
                 OR page_id = ANY(%(accepted)s::bigint[])))""",
        own=place.unit_id,
        tokens=list(place.tokens),
        hidden=list(place.hidden),
        accepted=list(place.accepted),
        now=now(),
    )


def _add_filters(where: Conditions, filters: Filters) -> None:
    where.add("(expire_at IS NULL OR expire_at > %(now)s)", now=now())
    if filters.type:
        where.add("type = %(type)s", type=filters.type)
    if filters.tier:
        where.add("tier = %(tier)s", tier=filters.tier)
    if filters.section_id is not None:
        where.add("section_id = %(section)s", section=filters.section_id)
    if filters.unit_ids:
        where.add("unit_id = ANY(%(units)s)", units=list(filters.unit_ids))
    if filters.language:
        where.add("%(language)s = ANY(languages)", language=filters.language)
    since, until = day_bounds(filters.since, filters.until)
    if since:
        where.add("public_at >= %(since)s", since=since)
    if until:
        where.add("public_at < %(until)s", until=until)


def _score(parameters: dict[str, Any], match: Match, place: Place | None) -> str:
    """The formula of a document's score; see ranking.py for the weights."""
    terms = [f"{Weight.BASE}"]

    def add(column: str, name: str, query: str, weight: float) -> None:
        parameters[name] = query
        terms.append(f"{weight} * ({column} @@ %({name})s::tsquery)::int")

    if match.numbers:
        add("words", "s_number", _every(match.numbers, "#"), Weight.NUMBER)
    add("heads", "s_title", _every(match.folded, suffix=":A"), Weight.TITLE)
    add("heads", "s_heads", _every(match.folded), Weight.HEADS)
    if match.phrase:
        add("heads", "s_title_phrase", _phrase(match.phrase, suffix=":A"), Weight.TITLE_PHRASE)
        add("words", "s_phrase", _phrase(match.phrase), Weight.PHRASE)
    if match.exact:
        add("heads", "s_exact_title", _every(match.exact, "=", ":A"), Weight.EXACT_TITLE)
        add("accents", "s_exact", _every(match.exact, "="), Weight.EXACT)
    parameters["s_any"] = " | ".join(map(quoted, match.folded))
    terms.append("ts_rank('{0, 0, 0.4, 1}'::float4[], heads, %(s_any)s::tsquery)")
    return f"({' + '.join(terms)}) * {_locality(parameters, place)}"


def _locality(parameters: dict[str, Any], place: Place | None) -> str:
    if place is None:
        return "1"
    cases = []
    for i, (unit_id, weight) in enumerate(zip(place.near, LOCALITY, strict=False)):
        parameters[f"near{i}"] = unit_id
        cases.append(f"WHEN %(near{i})s THEN {weight}")
    return f"CASE unit_id {' '.join(cases)} ELSE 1 END"


def _facets(counts: list[list[Any]]) -> dict[str, list[tuple[int | str, int]]]:
    """From rows of the grouping sets: in each at most one column is not null."""
    found: dict[str, list[tuple[int | str, int]]] = {name: [] for name in FACETS}
    for *values, count in counts:
        for name, value in zip(FACETS, values, strict=True):
            if value is not None:
                found[name].append((value, count))
    return found
