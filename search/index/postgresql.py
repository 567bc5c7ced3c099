"""The search in PostgreSQL: one statement for results, total and facets.

What is found comes from one GIN index. Ranking reads a vector of each page and is the dear part, so
of a large result only the pages are ranked that have the query in their title, or in a row; the
others follow by locality and date.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from .matching import How, Match, Reach
from .moments import day_bounds, now
from .places import Place
from .prepared import rows_of
from .ranking import AGING_TYPES, COLLISION, LOCALITY, RECENCY, STANDING, Weight
from .requests import COLUMNS, FACETS, SHOWN, Filters, Found, Scope, SearchRequest, Sort
from .statements import (
    ALL_RANKED,
    BY_ACCENTS,
    BY_DATE,
    BY_SCORE,
    DATED,
    IN_HEADS,
    IN_ROW,
    IS_FULL,
    NARROWED,
    NEVER_FULL,
    NOT_PHRASED,
    PHRASED,
    PLANNING,
    RANKED,
    RELEVANT,
    SHORTLIST,
    SIGN,
    STATEMENT,
)
from .tsqueries import any_of, every, in_title, near, pair, row, so_many, tsquery
from .vectors import IN_FILES, OWN, WHOLE, quoted, whole

# Facets of which a page may have several values.
SEVERAL = ("area", "file_type")
# "So many of these" is written out for up to so many groups, and counted beyond.
MOST_WRITTEN = 16


@dataclass
class Conditions:
    """SQL conditions with their parameters.

    `rows` must hold for a hit, and `facts` for its facts (the table `f`). `flags` are conditions on
    a hit that are told apart in counting, by name; `facts` may use them.
    """

    rows: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    flags: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)

    def add(self, sql: str, **parameters: Any) -> None:
        """Add a condition on hits that uses named parameters."""
        self.rows.append(sql)
        self.parameters |= parameters


def find(request: SearchRequest, match: Match, place: Place | None, reach: Reach) -> Found:
    """Search the read model for what meets as many groups as `reach` says."""
    where = Conditions()
    _add_match(where, match, reach)
    _add_pages(where, match)
    _add_scope(where, request.scope, place)
    _add_filters(where, request.filters)
    chosen = _chosen(where, request.filters)
    where.parameters |= {"limit": request.size, "offset": request.offset}
    by_date = request.sort == Sort.DATE
    parts = {
        "flags": "".join(f", {sql} AS {name}" for name, sql in where.flags.items()),
        "flag_names": "".join(f", {name}" for name in where.flags),
        "keys": ", ".join(["facts_id", *where.flags]),
        "where": " AND ".join(where.rows),
        "order": BY_DATE if by_date else BY_SCORE,
    }
    if by_date:
        parts |= {"facts": "0 AS bonus", "best": DATED.format(**parts), "in_heads": "FALSE"}
    else:
        parts["facts"] = _standing(where.parameters, match, place)
        parts["best"] = _relevant(where.parameters, parts, match, reach)
        parts["order"] = f"is_ranked DESC, {BY_SCORE}"
        parts["in_heads"] = IN_HEADS.format(**parts)
        where.parameters["in_heads"] = every(match.folded)
    sql = STATEMENT.format(
        columns=", ".join(f"f.{_column(name)} AS {name}" for name in FACETS),
        oks="".join(f", {sql} AS ok_{name}" for name, sql in chosen.items()),
        all_chosen=_and(f"ok_{name}" for name in chosen),
        shown=_and(["f.id > 0", *where.facts]),
        **parts,
        **_counting(chosen),
    )
    [(found, total, counted, in_heads)] = rows_of(PLANNING, sql, where.parameters)
    return _found(found or [], total, counted or [], bool(in_heads))


def _found(best: list[Any], total: int, counted: list[Any], in_heads: bool) -> Found:
    return Found(
        ids=[page_id for page_id, _, _ in best],
        total=total,
        facets=_facets(counted),
        best=best[0][1] if best else 0.0,
        is_sure=bool(best and best[0][2]),
        has_all_in_heads=in_heads,
        exact=tuple(page_id for page_id, _, is_exact in best if is_exact),
    )


def _facets(counted: list[Any]) -> dict[str, list[tuple[str, int]]]:
    """The most frequent values of each facet, of rows `[facet, value, count]`."""
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for name, value, count in counted:
        for one in value.split() if name in SEVERAL else [value]:
            facets[name][one] += count
    return {
        name: sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:SHOWN]
        for name, counts in facets.items()
    }


def _column(name: str) -> str:
    return COLUMNS.get(name, FACETS[name])


def _and(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "TRUE"


# ------------------------------------------------------------------------------------ matching


def _add_match(where: Conditions, match: Match, reach: Reach) -> None:
    groups = [tsquery(group) for group in match.groups]
    enough = match.enough(reach)
    # Asked for together with the rest, the index answers; by itself it would be read from the rows.
    runs = " | ".join(map(row, match.excluded))
    without = f" & !({runs})" if runs else ""
    required = [] if reach is Reach.ALL else [tsquery(group) for group in match.required]
    if required:
        where.add("words @@ %(required)s::tsquery", required=" & ".join(required))
    if wanted := match.near(reach):
        neighbours = [near(two) for two in match.pairs]
        where.add("words @@ %(near)s::tsquery", near=so_many(neighbours, wanted))
    if len(groups) <= MOST_WRITTEN or enough in (1, len(groups)):
        where.add("words @@ %(query)s::tsquery", query=so_many(groups, enough) + without)
    else:
        _add_counted(where, groups, enough, "words @@ %(near)s::tsquery" if wanted else "TRUE")
        if without:
            where.add("NOT words @@ %(excluded)s::tsquery", excluded=runs)


def _add_pages(where: Conditions, match: Match) -> None:
    """The pages that are found whatever their words, and those that are not found."""
    if match.also:
        by_words = _and(where.rows)
        where.rows = []
        where.add(f"({by_words} OR page_id = ANY(%(also)s::bigint[]))", also=list(match.also))
    if match.without:
        where.add("page_id <> ALL(%(without)s::bigint[])", without=list(match.without))


def narrowed(request: SearchRequest, place: Place | None, page_ids: Sequence[int]) -> set[int]:
    """Those of some pages that are among what is asked for, whatever their words."""
    where = Conditions()
    _add_scope(where, request.scope, place)
    _add_filters(where, request.filters)
    chosen = _chosen(where, request.filters)
    where.add("page_id = ANY(%(pages)s::bigint[])", pages=list(page_ids))
    sql = NARROWED.format(
        flags="".join(f", {sql} AS {name}" for name, sql in where.flags.items()),
        where=" AND ".join(where.rows),
        shown=_and([*where.facts, *chosen.values()]),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNING)
        cursor.execute(sql, where.parameters)
        return {page_id for (page_id,) in cursor.fetchall()}


def _add_counted(where: Conditions, groups: Sequence[str], enough: int, within: str) -> None:
    """Each group's pages by the index, then how often a page came; `within` a condition."""
    each = " UNION ALL ".join(
        "SELECT page_id FROM search_index_searchentry "  # noqa: S608
        f"WHERE words @@ %(g{i})s::tsquery AND {within}"
        for i in range(len(groups))
    )
    where.add(
        f"page_id IN (SELECT page_id FROM ({each}) g GROUP BY 1 HAVING count(*) >= %(enough)s)",  # noqa: S608
        enough=enough,
        **{f"g{i}": group for i, group in enumerate(groups)},
    )


# ----------------------------------------------------------------------------------- narrowing


def _add_scope(where: Conditions, scope: Scope, place: Place | None) -> None:
    if place is None or scope == Scope.ALL:
        return
    if scope == Scope.LEVEL:
        where.facts.append("f.tier = %(own_tier)s AND f.province = %(province)s")
        where.parameters |= {"own_tier": place.tier, "province": place.province}
        return
    due = "(starts_at IS NULL OR starts_at <= %(now)s) AND (ends_at IS NULL OR ends_at > %(now)s)"
    where.flags["is_due"] = f"({due} AND page_id <> ALL(%(hidden)s::bigint[]))"
    where.flags["is_taken"] = f"({due} AND page_id = ANY(%(accepted)s::bigint[]))"
    where.facts.append(
        """(f.unit_id = %(own)s OR is_taken OR is_due
            AND f.audience && %(tokens)s::varchar[] AND f.policy <> 'library')"""
    )
    where.parameters |= {
        "own": place.unit_id,
        "tokens": list(place.tokens),
        "hidden": list(place.hidden),
        "accepted": list(place.accepted),
        "now": now(),
    }


def _add_filters(where: Conditions, filters: Filters) -> None:
    where.add("(expire_at IS NULL OR expire_at > %(now)s)", now=now())
    if filters.language:
        where.facts.append("%(language)s = ANY(f.languages)")
        where.parameters["language"] = filters.language


def _chosen(where: Conditions, filters: Filters) -> dict[str, str]:
    """The conditions of the facets that are in use, by facet."""
    chosen = {}
    for name, value in filters.values().items():
        where.parameters[f"is_{name}"] = value
        column = f"f.{_column(name)}"
        values = f"ANY(string_to_array({column}, ' '))" if name in SEVERAL else column
        chosen[name] = f"COALESCE(%(is_{name})s = {values}, FALSE)"
    if filters.unit_ids:
        where.parameters["is_unit"] = list(filters.unit_ids)
        chosen["unit"] = "f.unit_id = ANY(%(is_unit)s)"
    since, until = day_bounds(filters.since, filters.until)
    where.parameters |= {"since": since, "until": until}
    bounds = ["public_at >= %(since)s"] * bool(since) + ["public_at < %(until)s"] * bool(until)
    if bounds:
        where.flags["is_within"] = f"({_and(bounds)})"
        chosen["year"] = "is_within"
    return chosen


def _counting(chosen: dict[str, str]) -> dict[str, str]:
    """The parts of the statement that count facets."""
    sums = _sums(chosen)
    cases = "".join(f"WHEN {name} IS NOT NULL THEN '{name}' " for name in FACETS)
    own = "".join(f"WHEN {name} IS NOT NULL THEN n_{name} " for name in FACETS if name in chosen)
    return {
        "sums": ", ".join(f"{sql} AS n_{name}" for name, sql in sums.items()),
        "sets": ", ".join(f"({name})" for name in FACETS),
        "names": ", ".join(FACETS),
        "facet": f"CASE {cases} END",
        "value": f"COALESCE({', '.join(f'{name}::text' for name in FACETS)})",
        "n": f"CASE {own} ELSE n_ END" if own else "n_",
    }


def _sums(chosen: dict[str, str]) -> dict[str, str]:
    """How hits are added up, by facet; "" for those by which nothing was chosen.

    Among what all the other choices leave: a count is what a click finds.
    """
    sums = {"": f"sum(n) FILTER (WHERE {_and(f'ok_{name}' for name in chosen)})"}
    for name in chosen:
        others = _and(f"ok_{other}" for other in chosen if other != name)
        sums[name] = f"sum(n) FILTER (WHERE {others})"
    return sums


# ------------------------------------------------------------------------------------- ranking


def _relevant(parameters: dict[str, Any], parts: dict[str, str], match: Match, reach: Reach) -> str:
    """The part of the statement that ranks."""
    parameters["titled"] = in_title(match, reach)
    has_rows = _add_phrases(parameters, match)
    ranked = ALL_RANKED
    if match.exact and len(match.folded) < 4:
        parameters["accents"] = every(match.exact, "=")
        parameters["collision"] = COLLISION if match.is_as_typed else 1.0
        seen = parameters["limit"] + parameters["offset"]
        # Whole pages of them, so that neighbouring pages of results agree.
        parameters["shortlist"] = SHORTLIST * (seen // SHORTLIST + 2)
        ranked = BY_ACCENTS.format(order=BY_SCORE)
    return RELEVANT.format(
        **parts,
        ranked=RANKED,
        factor=_factor(parameters),
        is_full=IS_FULL if has_rows else NEVER_FULL,
        phrased=PHRASED if has_rows else NOT_PHRASED,
        in_row=IN_ROW if has_rows else "FALSE",
        signs=_signs(parameters, match),
        score=_score(parameters, match),
        base=f"{Weight.BASE}::float8",
        shortlist=ranked,
    )


def _standing(parameters: dict[str, Any], match: Match, place: Place | None) -> str:
    """What facts tell of a page's rank: how near its unit is and what kind of page it is
    (`near`), whether it grows old (`ages`), and what it gains by being what the query names."""
    weights = "1::float8"
    if place is not None:
        cases = []
        for i, (unit_id, weight) in enumerate(zip(place.near, LOCALITY, strict=False)):
            parameters[f"near{i}"] = unit_id
            cases.append(f"WHEN %(near{i})s THEN {weight}::float8")
        weights = f"CASE f.unit_id {' '.join(cases)} ELSE 1 END"
    kinds = " ".join(f"WHEN '{kind}' THEN {weight}::float8" for kind, weight in STANDING)
    parameters["aging"] = [*AGING_TYPES]
    bonus = ["0"]
    for i, mark in enumerate(match.marks):
        column = "f.unit_id::text" if mark.how is How.UNIT else "f.type"
        parameters[f"mark{i}"] = list(mark.tokens)
        bonus.append(f"{Weight.MARK} * ({column} = ANY(%(mark{i})s::text[]))::int")
    return f"""({weights}) * (CASE f.type {kinds} ELSE 1 END) AS near,
        f.type = ANY(%(aging)s::varchar[]) AS ages, {" + ".join(bonus)} AS bonus"""


def _factor(parameters: dict[str, Any]) -> str:
    """What facts tell, times how fresh the news is."""
    midnight = now().replace(hour=0, minute=0, second=0)
    parameters |= {
        f"since{days}": midnight - datetime.timedelta(days=days - 1) for days, _ in RECENCY
    }
    ages = " ".join(
        f"WHEN moment >= %(since{days})s THEN {weight}::float8" for days, weight in RECENCY
    )
    return f"near * (CASE WHEN NOT ages THEN 1 {ages} ELSE 1 END)"


def _add_phrases(parameters: dict[str, Any], match: Match) -> bool:
    """How pages are asked for that have the whole query in a row, if it can be."""
    if not match.phrases:
        return False
    parameters["phrased"] = " | ".join(map(row, match.phrases))
    parameters["whole"] = any_of(WHOLE + whole(phrase) for phrase in match.phrases)
    parameters["in_files"] = " | ".join(row(phrase, IN_FILES) for phrase in match.phrases)
    parameters["in_row"] = " | ".join(parameters[name] for name in ("phrased", "whole", "in_files"))
    return True


def _signs(parameters: dict[str, Any], match: Match) -> str:
    """What the index of words knows of a page's rank besides phrases."""
    signs = {}
    if match.numbers:
        signs["number"] = (every(match.numbers, "#"), Weight.NUMBER)
        signs["own_number"] = (every(match.numbers, OWN), Weight.OWN_NUMBER)
    if len(match.folded) == 1:
        signs["in_file"] = (quoted(IN_FILES + match.folded[0]), Weight.FILE_WORD)
    parameters |= {name: query for name, (query, _) in signs.items()}
    return "".join(SIGN.format(name=name, weight=weight) for name, (_, weight) in signs.items())


def _score(parameters: dict[str, Any], match: Match) -> str:
    """What the titles and summaries of a page add to its score; see ranking.py for the weights."""
    terms = [f"{Weight.BASE}::float8"]

    def add_share(name: str, lexemes: Sequence[str], weights: str, weight: float) -> None:
        parameters[name] = any_of(lexemes)
        terms.append(f"{weight} * ts_rank('{weights}'::float4[], heads, %({name})s::tsquery)")

    add_share("s_tokens", match.folded, "{0, 0, 0.3, 1}", 6 * Weight.TITLE)
    if match.pairs:
        add_share("s_pairs", [pair(two) for two in match.pairs], "{0, 0, 0.7, 1}", 12)
    if match.exact:
        add_share("s_exact", ["=" + token for token in match.exact], "{0, 0, 0.4, 1}", 4)
    for i, phrase in enumerate(match.phrases):
        pairs = zip(phrase, phrase[1:], strict=False)
        parameters[f"s_phrase{i}"] = " & ".join(quoted(pair(two)) + ":A" for two in pairs)
        weight = 4 * Weight.TITLE_PHRASE
        terms.append(f"{weight} * (heads @@ %(s_phrase{i})s::tsquery)::int")
    return " + ".join(terms)
