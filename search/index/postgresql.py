"""The search in PostgreSQL: one statement for results, total and facets.

What is found comes from one GIN index. Ranking reads a row's small vector and is the dear part,
so of a large result only the pages that have the query in their title are ranked; the others
follow by locality and date.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from .matching import MARKS, Alternative, Group, How, Match, Pair, Reach
from .moments import day_bounds, now
from .places import Place
from .ranking import AGING_TYPES, LOCALITY, RECENCY, STANDING, Weight
from .requests import COLUMNS, FACETS, SHOWN, Filters, Found, Scope, SearchRequest, Sort
from .vectors import IN_FILES, JOINT, MARK, OWN, WHOLE, quoted, whole

# What one search may hold before it writes to disk (most need a hundredth of it). A sequential
# scan would unpack the large vector of every row, which the planner does not know to be dear;
# compiling the statement, or starting helpers for it, takes longer than running it.
PLANNING = """
    SET LOCAL work_mem = '48MB'; SET LOCAL enable_seqscan = off; SET LOCAL jit = off;
    SET LOCAL max_parallel_workers_per_gather = 0
"""
# A result of more pages is ranked by its titles only, and of these the nearest and newest.
RANKED = 1500
# "So many of these" is written out for up to so many groups, and counted beyond.
MOST_WRITTEN = 16

# Rows are fetched one by one where few are wanted (OFFSET 0 keeps the planner from joining all),
# by their place in the table (ctid), which the same statement has just seen. The pool takes along
# what ranking needs: the planner expects two hits and would join them row by row, a million times.
STATEMENT = """
    WITH hits AS MATERIALIZED (
        SELECT page_id, ctid AS place, facts, {factor} AS factor, public_at AS moment, {chosen}
        FROM search_index_searchdocument WHERE {where}),
    matched AS NOT MATERIALIZED (SELECT * FROM hits WHERE {all_chosen}),
    size AS MATERIALIZED (SELECT count(*) AS n FROM matched),
    pool AS MATERIALIZED (
        SELECT page_id, place, factor, moment FROM matched WHERE (SELECT n FROM size) <= {ranked}
        UNION ALL
        (SELECT page_id, place, factor, moment FROM matched
         WHERE (SELECT n FROM size) > {ranked} AND page_id IN (
            SELECT page_id FROM search_index_searchdocument WHERE words @@ %(pool)s::tsquery)
        ORDER BY factor DESC, moment DESC, page_id DESC LIMIT {ranked})),
    phrased AS MATERIALIZED ({phrased}),
    ranked AS (
        SELECT page_id, moment, p.page_id IS NOT NULL AS sure,
               factor * (s.score + COALESCE(p.gain, 0)) AS score
        FROM pool LEFT JOIN phrased p USING (page_id)
        CROSS JOIN LATERAL (
            SELECT {score} AS score FROM (
                SELECT {vectors} FROM search_index_searchdocument
                WHERE ctid = pool.place OFFSET 0) d OFFSET 0) s),
    others AS (
        SELECT m.page_id, m.moment, p.page_id IS NOT NULL AS sure,
               m.factor * ({base} + COALESCE(p.gain, 0)) AS score
        FROM matched m LEFT JOIN phrased p USING (page_id)
        WHERE (SELECT n FROM size) > {ranked} AND page_id NOT IN (SELECT page_id FROM pool)
        ORDER BY {order} LIMIT %(limit)s + %(offset)s),
    best AS (
        SELECT * FROM ranked UNION ALL SELECT * FROM others
        ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s),
    counted AS (
        SELECT {oks}, count(*)::int AS n, min(place) AS place FROM hits GROUP BY facts, {oks}),
    known AS MATERIALIZED (
        SELECT {oks}, n, d.* FROM counted CROSS JOIN LATERAL (
            SELECT {columns} FROM search_index_searchdocument
            WHERE ctid = counted.place OFFSET 0) d)
    SELECT
        (SELECT jsonb_agg(jsonb_build_array(page_id, score, sure) ORDER BY {order}) FROM best),
        (SELECT n FROM size),
        (SELECT jsonb_agg(jsonb_build_array(name, value, n)) FROM ({counts}) counts)
"""
# Appending nothing unpacks the vector once, not once for each look at it.
UNPACKED = "heads || ''::tsvector AS heads, words, accents"
NO_PHRASE = "SELECT 0::bigint AS page_id, 0::float8 AS gain WHERE FALSE"
PHRASED = f"""
    SELECT page_id, sum(gain) AS gain FROM (
        SELECT page_id, {Weight.WHOLE}::float8 AS gain FROM search_index_searchdocument
        WHERE words @@ %(whole)s::tsquery
        UNION ALL
        SELECT page_id, {8 * Weight.PHRASE}::float8 FROM search_index_searchdocument
        WHERE words @@ %(phrased)s::tsquery
        UNION ALL
        SELECT page_id, {8 * Weight.FILE_PHRASE}::float8 FROM search_index_searchdocument
        WHERE words @@ %(in_files)s::tsquery) phrases GROUP BY 1
"""  # noqa: S608 (weights of ours)
BY_SCORE = "score DESC, moment DESC, page_id DESC"
BY_DATE = "moment DESC, page_id DESC"
# The units' own table says what lies above them: reading an array of every row would be dearer.
AREAS = """
    SELECT 'area' AS name,
        unnest(string_to_array(trim('/' FROM u.path), '/')) {by_bytes} AS value, sum(n) AS n
    FROM (SELECT unit, sum(n) AS n FROM known WHERE {others} GROUP BY 1) units
    JOIN units_administrativeunit u ON u.id = units.unit GROUP BY 2
"""
# The order of equal counts must not depend on the database's locale.
BY_BYTES = 'COLLATE "C"'
# One more, as the empty value is left out.
MOST_FREQUENT = f"ORDER BY 3 DESC, 2 LIMIT {SHOWN + 1}"
IN_AREA = """
    unit_id IN (SELECT id FROM units_administrativeunit
                WHERE %(is_area)s = ANY(string_to_array(path, '/')))
"""


@dataclass
class Conditions:
    """SQL conditions with their parameters, all of which must hold."""

    sql: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)

    def add(self, sql: str, **parameters: Any) -> None:
        """Add a condition that uses named parameters."""
        self.sql.append(sql)
        self.parameters |= parameters


def find(request: SearchRequest, match: Match, place: Place | None, reach: Reach) -> Found:
    """Search the read model for what meets as many groups as `reach` says."""
    where = Conditions()
    _add_match(where, match, reach)
    _add_pages(where, match)
    _add_scope(where, request.scope, place)
    _add_filters(where, request.filters)
    chosen = _chosen(request.filters, where.parameters)
    oks = {f"ok_{name}": sql for name, sql in chosen.items()} or {"ok": "TRUE"}
    ranked = request.sort == Sort.RELEVANCE
    where.parameters |= {"limit": request.size, "offset": request.offset}
    sql = STATEMENT.format(
        columns=", ".join(f"{_column(name)} AS {name}" for name in FACETS if name != "area"),
        factor=_factor(where.parameters, place) if ranked else "1::float8",
        chosen=", ".join(f"{sql} AS {ok}" for ok, sql in oks.items()),
        oks=", ".join(oks),
        where=" AND ".join(where.sql),
        all_chosen=_and(oks),
        ranked=RANKED if ranked else 0,
        phrased=_phrased(where.parameters, match) if ranked else NO_PHRASE,
        score=_score(where.parameters, match) if ranked else "0",
        vectors=UNPACKED if ranked else "1",
        base=f"{Weight.BASE}::float8",
        order=BY_SCORE if ranked else BY_DATE,
        counts=_counts(chosen),
    )
    where.parameters["pool"] = _pool(match, reach) if ranked else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNING)
        cursor.execute(sql, where.parameters)
        best, total, counts = cursor.fetchone()
    return _found(json.loads(best or "[]"), total, json.loads(counts or "[]"))


def _found(best: list[Any], total: int, counts: list[Any]) -> Found:
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    for name, value, count in counts:
        if value:
            facets[name].append((value, count))
    return Found(
        ids=[page_id for page_id, _, _ in best],
        total=total,
        facets=facets,
        best=best[0][1] if best else 0.0,
        is_sure=bool(best and best[0][2]),
        exact=tuple(page_id for page_id, _, is_exact in best if is_exact),
    )


def _column(name: str) -> str:
    return COLUMNS.get(name, FACETS[name])


def _and(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "TRUE"


# ------------------------------------------------------------------------------------ matching


def tsquery(group: Group) -> str:
    """A group as the literal of a `tsquery`."""
    return "(" + " | ".join(map(_alternative, group)) + ")"


def _alternative(alternative: Alternative) -> str:
    if alternative.how is How.NUMBER:
        return quoted("#" + alternative.tokens[0])
    if alternative.how in MARKS:
        return f"({_any(MARK + token for token in alternative.tokens)})"
    if alternative.how is How.PHRASE:
        return f"({_row(alternative.tokens)} | {_row(alternative.tokens, IN_FILES)})"
    return _every(alternative.tokens)


def _every(tokens: Sequence[str], prefix: str = "", suffix: str = "") -> str:
    return "(" + " & ".join(quoted(prefix + token) + suffix for token in tokens) + ")"


def _any(lexemes: Iterable[str]) -> str:
    return " | ".join(map(quoted, lexemes))


def _pair(pair: Pair) -> str:
    return JOINT.join(pair)


def _near(pair: Pair) -> str:
    """Two tokens side by side, in the page or in its files."""
    return f"({quoted(_pair(pair))} | {quoted(IN_FILES + _pair(pair))})"


def _row(tokens: tuple[str, ...], prefix: str = "") -> str:
    """Tokens in a row: each neighbours of the next (`words` has no positions)."""
    if len(tokens) == 1:
        return quoted(tokens[0])
    return _every([_pair(pair) for pair in zip(tokens, tokens[1:], strict=False)], prefix)


def _add_match(where: Conditions, match: Match, reach: Reach) -> None:
    groups = [tsquery(group) for group in match.groups]
    enough = match.enough(reach)
    required = [] if reach is Reach.ALL else [tsquery(group) for group in match.required]
    if required:
        where.add("words @@ %(required)s::tsquery", required=" & ".join(required))
    if near := match.near(reach):
        neighbours = [_near(pair) for pair in match.pairs]
        where.add("words @@ %(near)s::tsquery", near=_so_many(neighbours, near))
    if len(groups) <= MOST_WRITTEN or enough in (1, len(groups)):
        where.add("words @@ %(query)s::tsquery", query=_so_many(groups, enough))
    else:
        _add_counted(where, groups, enough, "words @@ %(near)s::tsquery" if near else "TRUE")
    if match.excluded:
        runs = " | ".join(map(_row, match.excluded))
        where.add("NOT words @@ %(excluded)s::tsquery", excluded=runs)


def _add_pages(where: Conditions, match: Match) -> None:
    """The pages that are found whatever their words, and those that are not found."""
    if match.also:
        by_words = _and(where.sql)
        where.sql = []
        where.add(f"({by_words} OR page_id = ANY(%(also)s::bigint[]))", also=list(match.also))
    if match.without:
        where.add("page_id <> ALL(%(without)s::bigint[])", without=list(match.without))


def narrowed(request: SearchRequest, place: Place | None, page_ids: Sequence[int]) -> set[int]:
    """Those of some pages that are among what is asked for, whatever their words."""
    where = Conditions()
    _add_scope(where, request.scope, place)
    _add_filters(where, request.filters)
    chosen = _chosen(request.filters, where.parameters)
    where.add("page_id = ANY(%(pages)s::bigint[])", pages=list(page_ids))
    conditions = _and([*where.sql, *chosen.values()])
    sql = f"SELECT page_id FROM search_index_searchdocument WHERE {conditions}"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNING)
        cursor.execute(sql, where.parameters)
        return {page_id for (page_id,) in cursor.fetchall()}


def _so_many(items: Sequence[str], enough: int) -> str:
    """At least so many of the items.

    Halving the row writes five to ten times less than all combinations, which the index would
    have to try for each page.
    """
    if enough == 1 or enough == len(items):
        return "(" + (" | " if enough == 1 else " & ").join(items) + ")"
    half = len(items) // 2
    left, right = items[:half], items[half:]
    ways = []
    for count in range(max(0, enough - len(right)), min(half, enough) + 1):
        parts = [(left, count), (right, enough - count)]
        ways.append(" & ".join(_so_many(side, some) for side, some in parts if some))
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def _add_counted(where: Conditions, groups: Sequence[str], enough: int, within: str) -> None:
    """Each group's pages by the index, then how often a page came; `within` a condition."""
    each = " UNION ALL ".join(
        "SELECT page_id FROM search_index_searchdocument "  # noqa: S608
        f"WHERE words @@ %(g{i})s::tsquery AND {within}"
        for i in range(len(groups))
    )
    where.add(
        f"page_id IN (SELECT page_id FROM ({each}) g GROUP BY 1 HAVING count(*) >= %(enough)s)",  # noqa: S608
        enough=enough,
        **{f"g{i}": group for i, group in enumerate(groups)},
    )


def _pool(match: Match, reach: Reach) -> str:
    """The pages of a large result that are worth ranking: those with the query in the title."""
    tokens = [quoted("^" + token) for token in match.folded]
    enough = len(tokens) if reach is Reach.ALL else max(1, len(tokens) - 1)
    ways = [_so_many(tokens, enough)]
    ways += [_every(phrase, "^") for phrase in match.phrases[1:]]
    ways += [quoted("#" + key) for key in match.numbers]
    return " | ".join(ways)


# ----------------------------------------------------------------------------------- narrowing


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
    if filters.language:
        where.add("%(language)s = ANY(languages)", language=filters.language)


def _chosen(filters: Filters, parameters: dict[str, Any]) -> dict[str, str]:
    """The conditions of the facets that are in use, by facet."""
    chosen = {}
    for name, value in filters.values().items():
        parameters[f"is_{name}"] = value
        column = _column(name)
        is_value = f"%(is_{name})s"
        chosen[name] = f"{column} = {is_value}"
        if name == "file_type":
            chosen[name] = f"{is_value} = ANY({column})"
        elif name == "area":
            chosen[name] = IN_AREA
    if filters.unit_ids:
        parameters["is_unit"] = list(filters.unit_ids)
        chosen["unit"] = "unit_id = ANY(%(is_unit)s)"
    since, until = day_bounds(filters.since, filters.until)
    parameters |= {"since": since, "until": until}
    bounds = ["public_at >= %(since)s"] * bool(since) + ["public_at < %(until)s"] * bool(until)
    if bounds:
        chosen["year"] = _and(bounds)
    return chosen


def _counts(chosen: dict[str, str]) -> str:
    """Counts of a facet among what all the other choices leave: a count is what a click finds."""
    parts = []
    for name in FACETS:
        others = _and(f"ok_{other}" for other in chosen if other != name)
        if name == "area":
            parts.append(f"({AREAS.format(others=others, by_bytes=BY_BYTES)} {MOST_FREQUENT})")
            continue
        value = f"unnest({name})" if name == "file_type" else name
        parts.append(
            f"(SELECT '{name}' AS name, {value}::text {BY_BYTES} AS value, sum(n) AS n "  # noqa: S608
            f"FROM known WHERE {others} GROUP BY 2 {MOST_FREQUENT})"
        )
    return " UNION ALL ".join(parts)


# ------------------------------------------------------------------------------------- ranking


def _factor(parameters: dict[str, Any], place: Place | None) -> str:
    """How near the unit is, times how fresh the news; from columns that are at hand."""
    near = "1::float8"
    if place is not None:
        cases = []
        for i, (unit_id, weight) in enumerate(zip(place.near, LOCALITY, strict=False)):
            parameters[f"near{i}"] = unit_id
            cases.append(f"WHEN %(near{i})s THEN {weight}::float8")
        near = f"CASE unit_id {' '.join(cases)} ELSE 1 END"
    parameters["aging"] = [*AGING_TYPES]
    midnight = now().replace(hour=0, minute=0, second=0)
    parameters |= {
        f"since{days}": midnight - datetime.timedelta(days=days - 1) for days, _ in RECENCY
    }
    ages = " ".join(
        f"WHEN public_at >= %(since{days})s THEN {weight}::float8" for days, weight in RECENCY
    )
    fresh = f"CASE WHEN type <> ALL(%(aging)s::varchar[]) THEN 1 {ages} ELSE 1 END"
    kinds = " ".join(f"WHEN '{kind}' THEN {weight}::float8" for kind, weight in STANDING)
    return f"({near}) * ({fresh}) * (CASE type {kinds} ELSE 1 END)"


def _phrased(parameters: dict[str, Any], match: Match) -> str:
    """The pages that have the whole query in a row, and what they gain by it."""
    if not match.phrases:
        return NO_PHRASE
    parameters["phrased"] = " | ".join(map(_row, match.phrases))
    parameters["whole"] = _any(WHOLE + whole(phrase) for phrase in match.phrases)
    parameters["in_files"] = " | ".join(_row(phrase, IN_FILES) for phrase in match.phrases)
    return PHRASED


def _score(parameters: dict[str, Any], match: Match) -> str:
    """The formula of a document's score; see ranking.py for the weights."""
    terms = [f"{Weight.BASE}::float8"]

    def add(name: str, condition: str, query: str, weight: float) -> None:
        parameters[name] = query
        terms.append(f"{weight} * ({condition} @@ %({name})s::tsquery)::int")

    def add_share(name: str, lexemes: Sequence[str], weights: str, weight: float) -> None:
        parameters[name] = _any(lexemes)
        terms.append(f"{weight} * ts_rank('{weights}'::float4[], heads, %({name})s::tsquery)")

    if match.numbers:
        add("s_number", "words", _every(match.numbers, "#"), Weight.NUMBER)
        add("s_own", "words", _every(match.numbers, OWN), Weight.OWN_NUMBER)
    if len(match.folded) == 1:
        add("s_file", "words", quoted(IN_FILES + match.folded[0]), Weight.FILE_WORD)
    for i, mark in enumerate(match.marks):
        add(f"s_mark{i}", "words", _alternative(mark), Weight.MARK)
    add_share("s_tokens", match.folded, "{0, 0, 0.3, 1}", 6 * Weight.TITLE)
    if match.pairs:
        add_share("s_pairs", [_pair(pair) for pair in match.pairs], "{0, 0, 0.7, 1}", 12)
    if match.exact:
        add_share("s_exact", ["=" + token for token in match.exact], "{0, 0, 0.4, 1}", 4)
    if match.exact and len(match.folded) < 4:
        add("s_accents", "accents", _every(match.exact, "="), Weight.EXACT)
    for i, phrase in enumerate(match.phrases):
        row = " & ".join(quoted(_pair(p)) + ":A" for p in zip(phrase, phrase[1:], strict=False))
        add(f"s_phrase{i}", "heads", row, 4 * Weight.TITLE_PHRASE)
    return " + ".join(terms)
