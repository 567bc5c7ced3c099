"""The SQL of a search in PostgreSQL; `postgresql.py` fills it in.

One statement: `counted` is what is found, one row for all hits of equal facts; `known` these rows
with their facts; `best` the page of results. Tens of thousands of hits are never rows of their own:
they are counted as they are found, and only those that may be shown are taken out again.
"""

from __future__ import annotations

from .ranking import Weight

# What one search may hold before it writes to disk (most need a hundredth of it). A sequential
# scan would unpack the words of every row, which the planner does not know to be dear; it expects
# two hits and would join them row by row, a million times; compiling the statement, or starting
# helpers for it, takes longer than running it.
PLANNING = """
    SET LOCAL work_mem = '48MB'; SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off;
    SET LOCAL enable_mergejoin = off; SET LOCAL jit = off;
    SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL plan_cache_mode = force_generic_plan
"""
# A result of more pages is not ranked as a whole.
RANKED = 1500
# The accents of a whole text decide among so many times this (and a page of results) at most.
SHORTLIST = 100

STATEMENT = """
    WITH counted AS MATERIALIZED (
        SELECT facts_id {flag_names}, count(*)::int AS n, max(moment) AS newest,
               array_agg(page_id) AS pages, array_agg(moment) AS moments
        FROM (SELECT page_id, public_at AS moment, facts_id {flags}
              FROM search_index_searchentry WHERE {where}) hits GROUP BY {keys}),
    known AS MATERIALIZED (
        SELECT k.*, {all_chosen} AS is_match FROM (
            SELECT {keys}, n, newest, {columns}, {facts} {oks}
            FROM counted JOIN search_index_searchfacts f ON f.id = counted.facts_id
            WHERE {shown}) k),
    size AS MATERIALIZED (SELECT COALESCE(sum(n), 0)::int AS n FROM known WHERE is_match),
    grouped AS MATERIALIZED (
        SELECT {names}, {sums} FROM known GROUP BY GROUPING SETS ({sets})),
    facets AS (SELECT {facet} AS facet, {value} AS value, {n} AS n FROM grouped),
    {best}
    SELECT
        (SELECT json_agg(json_build_array(page_id, score, sure) ORDER BY {order}) FROM best),
        (SELECT n FROM size),
        (SELECT json_agg(json_build_array(facet, value, n)) FROM facets
         WHERE n > 0 AND value IS NOT NULL),
        {in_heads}
"""
# Whether title and summary of the first result have every word.
IN_HEADS = """(
    SELECT heads @@ %(in_heads)s::tsquery FROM search_index_searchheads
    WHERE page_id = (SELECT page_id FROM best ORDER BY {order} LIMIT 1))
"""

# What stands in the title (`titled`) and what has the query in a row (`phrased`) is looked up in
# the index by itself: that is shorter than the way through all hits. Where a page of results is
# full of titles that have the query in a row (`is_full`), no other page can come before these.
# The first so many hits are among those of the first so many groups, which are told by their first
# hits (`first`). Rows to be ranked are fetched one by one (OFFSET 0 keeps the planner from joining
# all).
RELEVANT = """
    titled AS MATERIALIZED (
        SELECT page_id, moment, {factor} AS factor, bonus
        FROM (SELECT page_id, public_at AS moment, facts_id {flags} FROM search_index_searchentry
              WHERE (SELECT n FROM size) > {ranked} AND words @@ %(titled)s::tsquery AND {where}) t
        JOIN known USING ({keys}) WHERE is_match
        ORDER BY factor DESC, moment DESC, page_id DESC LIMIT {ranked}),
    is_full AS MATERIALIZED ({is_full}),
    phrased AS MATERIALIZED ({phrased}),
    signs AS (SELECT page_id, sum(gain) AS gain, bool_or(in_row) AS sure FROM (
        SELECT page_id, gain, TRUE AS in_row FROM phrased {signs}) s GROUP BY 1),
    in_text AS (
        SELECT page_id, moment, {factor} AS factor, bonus
        FROM (SELECT page_id, public_at AS moment, facts_id {flags} FROM search_index_searchentry
              WHERE (SELECT n FROM size) > {ranked} AND NOT (SELECT yes FROM is_full)
              AND {in_row} AND {where}) t
        JOIN known USING ({keys})
        WHERE is_match AND page_id NOT IN (SELECT page_id FROM titled)
        ORDER BY factor DESC, moment DESC, page_id DESC LIMIT {ranked}),
    pool AS MATERIALIZED (
        SELECT page_id, moment, {factor} AS factor, bonus FROM (
            SELECT known.*, unnest(pages) AS page_id, unnest(moments) AS moment
            FROM known JOIN counted USING ({keys})
            WHERE is_match AND (SELECT n FROM size) <= {ranked}) k
        UNION ALL SELECT * FROM titled UNION ALL SELECT * FROM in_text),
    ranked AS (
        SELECT page_id, moment, factor, TRUE AS is_ranked, COALESCE(g.sure, FALSE) AS sure,
               factor * (s.score + bonus + COALESCE(g.gain, 0)) AS score
        FROM pool LEFT JOIN signs g USING (page_id)
        CROSS JOIN LATERAL (
            SELECT {score} AS score FROM search_index_searchheads
            WHERE page_id = pool.page_id OFFSET 0) s),
    first AS (
        SELECT * FROM (SELECT *, newest AS moment FROM known) k
        WHERE is_match AND (SELECT n FROM size) > {ranked}
        AND (SELECT count(*) FROM pool) < %(limit)s + %(offset)s
        ORDER BY {factor} DESC, newest DESC
        FETCH FIRST (2 * (%(limit)s + %(offset)s)) ROWS WITH TIES),
    others AS (
        SELECT page_id, moment, factor, FALSE, FALSE, factor * {base} AS score FROM (
            SELECT page_id, moment, {factor} AS factor FROM (
                SELECT near, ages, unnest(pages) AS page_id, unnest(moments) AS moment
                FROM first JOIN counted USING ({keys})) h) m
        WHERE page_id NOT IN (SELECT page_id FROM pool)
        ORDER BY {order} LIMIT %(limit)s + %(offset)s),
    best AS (
        SELECT page_id, moment, is_ranked, sure, score FROM {shortlist}
        ORDER BY is_ranked DESC, {order} LIMIT %(limit)s OFFSET %(offset)s)
"""
ALL_RANKED = "(SELECT * FROM ranked UNION ALL SELECT * FROM others) r"
# The accents of whole texts are dear to read and count little: only the first ones' are.
BY_ACCENTS = f"""(
    SELECT page_id, moment, is_ranked, sure, (score + factor * {Weight.EXACT} * as_typed::int)
        * CASE WHEN as_typed THEN 1 ELSE %(collision)s::float8 END AS score
    FROM (SELECT r.*, (
        SELECT accents @@ %(accents)s::tsquery FROM search_index_searchdocument d
        WHERE d.page_id = r.page_id) AS as_typed
    FROM (SELECT * FROM {ALL_RANKED} ORDER BY is_ranked DESC, {{order}} LIMIT %(shortlist)s) r) r) r
"""  # noqa: S608 (a weight of ours)
DATED = """
    first AS (
        SELECT * FROM known WHERE is_match
        ORDER BY newest DESC FETCH FIRST (%(limit)s + %(offset)s) ROWS WITH TIES),
    best AS (
        SELECT page_id, moment, FALSE AS sure, 0::float8 AS score FROM (
            SELECT unnest(pages) AS page_id, unnest(moments) AS moment
            FROM first JOIN counted USING ({keys})) h
        ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s)
"""
IS_FULL = f"""
    SELECT count(*) >= %(limit)s + %(offset)s AS yes FROM titled
    WHERE (SELECT n FROM size) > {RANKED} AND (page_id IN (
        SELECT page_id FROM search_index_searchentry
        WHERE words @@ %(titled)s::tsquery AND words @@ %(phrased)s::tsquery)) IS TRUE
"""  # noqa: S608 (a number of ours)
NEVER_FULL = "SELECT FALSE AS yes"
NOT_PHRASED = "SELECT 0::bigint AS page_id, 0::float8 AS gain WHERE FALSE"
# Of a full page only the titles are looked up.
PHRASED = f"""
    SELECT page_id, {Weight.WHOLE}::float8 AS gain FROM search_index_searchentry
    WHERE words @@ %(whole)s::tsquery
    UNION ALL
    SELECT page_id, {8 * Weight.PHRASE}::float8 FROM search_index_searchentry
    WHERE words @@ %(titled)s::tsquery AND words @@ %(phrased)s::tsquery
    AND (SELECT yes FROM is_full)
    UNION ALL
    SELECT page_id, {8 * Weight.PHRASE}::float8 FROM search_index_searchentry
    WHERE words @@ %(phrased)s::tsquery AND NOT (SELECT yes FROM is_full)
    UNION ALL
    SELECT page_id, {8 * Weight.FILE_PHRASE}::float8 FROM search_index_searchentry
    WHERE words @@ %(in_files)s::tsquery AND NOT (SELECT yes FROM is_full)
"""  # noqa: S608 (weights of ours)
IN_ROW = "words @@ %(in_row)s::tsquery"
SIGN = """
    UNION ALL
    SELECT page_id, {weight}::float8, FALSE FROM search_index_searchentry
    WHERE words @@ %({name})s::tsquery
"""
BY_SCORE = "score DESC, moment DESC, page_id DESC"
BY_DATE = "moment DESC, page_id DESC"
NARROWED = """
    SELECT page_id FROM (
        SELECT page_id, facts_id {flags} FROM search_index_searchentry WHERE {where}) hits
    JOIN search_index_searchfacts f ON f.id = facts_id WHERE {shown}
"""
