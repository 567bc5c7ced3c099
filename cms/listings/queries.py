"""Filtered lists of one type of page in one section of a site, in a time that grows with neither
the list nor the page asked for (docs/decisions/0042).

A list is made of branches: the unit's own rows, and one per audience token and section of origin
from which something has arrived. Each branch is an index-only scan in the order of the list;
PostgreSQL merges them and stops at the page that was asked for. Nothing is sorted.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils import timezone

from sites.units.models import AdministrativeUnit

from .keeping import own_token

IN_BRANCH = """
    e.token = %(token_{n})s AND e.section_id = %(section_{n})s AND e.type = %(type)s
"""
SHOWS = """
    (e.shows_from IS NULL OR e.shows_from <= now())
    AND (e.shows_until IS NULL OR e.shows_until > now())
"""
# A page that several tokens of the unit bring counts once, for the first of them.
ONCE = """
    AND e.policy <> 'library' AND NOT (e.several AND EXISTS (
        SELECT 1 FROM listings_entry o
        WHERE o.page_id = e.page_id AND o.token = ANY(%(tokens)s) AND o.token < e.token))
"""
NOT_HIDDEN = "AND (e.policy = 'mandatory' OR e.page_id <> ALL(%(hidden)s))"
TAKEN = """
    e.page_id = ANY(%(taken)s) AND e.token LIKE 'own:%%'
    AND e.section_id = ANY(%(sources)s) AND e.type = %(type)s
"""
# A loose index scan: one probe for each different value, however many rows there are.
DISTINCT = """
    (WITH RECURSIVE found AS (
        (SELECT e.{column} AS value FROM listings_entry e
         WHERE {branch} AND e.{column} > '' ORDER BY e.{column} LIMIT 1)
        UNION ALL
        SELECT (SELECT e.{column} FROM listings_entry e
                WHERE {branch} AND e.{column} > f.value ORDER BY e.{column} LIMIT 1)
        FROM found f WHERE f.value IS NOT NULL)
    SELECT '{column}' AS name, value FROM found WHERE value IS NOT NULL)
"""
YEARS = """
    (WITH RECURSIVE found AS (
        (SELECT e.dated AS value FROM listings_entry e
         WHERE {branch} ORDER BY e.dated DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT e.dated FROM listings_entry e
                WHERE {branch} AND e.dated < date_trunc('year', f.value)::date
                ORDER BY e.dated DESC LIMIT 1)
        FROM found f WHERE f.value IS NOT NULL)
    SELECT 'year' AS name, extract(year FROM value)::text FROM found WHERE value IS NOT NULL)
"""
COUNTED = ("kind", "field", "issuer", "year", "state")
# Counting the values of a longer list would take longer than everything else on its page.
MOST_COUNTED = 20_000
PRESENT = """
    SELECT k.type, b.n
    FROM unnest(%(numbers)s::int[], %(all_tokens)s::text[], %(sections)s::bigint[])
        AS b(n, token, section_id)
    CROSS JOIN unnest(%(types)s::text[]) AS k(type)
    CROSS JOIN LATERAL (SELECT 1 FROM listings_entry e
        WHERE e.token = b.token AND e.section_id = b.section_id AND e.type = k.type
        LIMIT 1) AS probe
    ORDER BY b.n
"""
DECISIONS = """
    SELECT d.state, t.policy, t.page_id, t.id, EXISTS (
        SELECT 1 FROM distribution_distributiontarget x
        WHERE x.distribution_id = t.id AND x.token = ANY(%(tokens)s)
        AND (x.starts_at IS NULL OR x.starts_at <= now())
        AND (x.ends_at IS NULL OR x.ends_at > now()))
    FROM distribution_localdecision d JOIN distribution_distribution t ON t.id = d.distribution_id
    WHERE d.unit_id = %(unit)s AND t.recalled_at IS NULL
"""


ARTICLE = "article"  # stands beside the lists of other types (beside.py)


class State(StrEnum):
    """Where a page stands between its dates; the values stand in addresses."""

    IN_FORCE = "con-hieu-luc"
    IN_PART = "het-mot-phan"
    EXPIRED = "het-hieu-luc"
    PENDING = "chua-co-hieu-luc"


_BEGUN = "(e.starts_on IS NULL OR e.starts_on <= %(today)s)"
_LASTS = "(e.ends_on IS NULL OR e.ends_on > %(today)s)"
_CHANGED = "(e.changed_on IS NOT NULL AND e.changed_on <= %(today)s)"
STATES = {
    State.IN_FORCE: f"{_BEGUN} AND {_LASTS} AND NOT {_CHANGED}",
    State.IN_PART: f"{_BEGUN} AND {_LASTS} AND {_CHANGED}",
    State.EXPIRED: f"NOT {_LASTS}",
    State.PENDING: f"NOT {_BEGUN} AND {_LASTS}",
}


_WHEN = " ".join(f"WHEN {condition} THEN '{state}'" for state, condition in STATES.items())
STATE_CASE = f"CASE {_WHEN} END"
COUNTED_ROWS = f"""
    SELECT e.kind, e.field, e.issuer, extract(year FROM e.dated)::int::text AS year,
        {STATE_CASE} AS state
"""


def state_on(
    day: datetime.date,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    changed_on: datetime.date | None,
) -> State:
    """The state on a day; the same rules as `STATES`, the end before the beginning."""
    if ends_on and ends_on <= day:
        return State.EXPIRED
    if starts_on and starts_on > day:
        return State.PENDING
    return State.IN_PART if changed_on and changed_on <= day else State.IN_FORCE


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked for; "" and None do not filter.

    `condition` is a further SQL condition on `e` (constant text of a page type's own module) with
    its `parameters`.
    """

    kind: str = ""
    field: str = ""
    issuer: str = ""
    year: int | None = None
    state: State | None = None
    condition: str = ""
    parameters: dict[str, Any] = dataclasses.field(default_factory=dict)

    def sql(self) -> str:
        """The conditions, each beginning with AND."""
        equal = [name for name in ("kind", "field", "issuer") if getattr(self, name)]
        parts = [f"e.{name} = %({name})s" for name in equal]
        if self.year:
            parts.append("e.dated >= %(first_day)s AND e.dated < %(next_year)s")
        if self.state:
            parts.append(STATES[self.state])
        if self.condition:
            parts.append(self.condition)
        return "".join(f" AND {part}" for part in parts)

    def values(self) -> dict[str, Any]:
        """The parameters of `sql`."""
        found = {"kind": self.kind, "field": self.field, "issuer": self.issuer} | self.parameters
        if self.year:
            found["first_day"] = datetime.date(self.year, 1, 1)
            found["next_year"] = datetime.date(self.year + 1, 1, 1)
        return found


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of one token in one section (token "": taken from the shared library), and how many
    of them a list holds in each year."""

    token: str
    section_id: int
    years: dict[int, int] = dataclasses.field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows the list holds of it."""
        return sum(self.years.values())


@dataclass(frozen=True, slots=True)
class Window:
    """The years in which a page of a list lies, and how many rows of them stand before it."""

    first: int
    last: int
    skip: int


def window_of(branches: Sequence[Branch], offset: int, limit: int) -> Window:
    """Find the years of a page by counting, so that no row before them is read."""
    totals: Counter[int] = Counter()
    for branch in branches:
        totals.update(branch.years)
    passed, last, skip, first = 0, 0, 0, 0
    for year in sorted(totals, reverse=True):
        if not last and passed + totals[year] > offset:
            last, skip = year, offset - passed
        passed += totals[year]
        first = year
        if last and passed >= offset + limit:
            break
    return Window(first, last, skip)


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list: the page, its dates, and the distribution that brought it."""

    page_id: int
    dated: datetime.date
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    changed_on: datetime.date | None
    distribution_id: int | None

    @property
    def state(self) -> State:
        """Where it stands today."""
        return state_on(timezone.localdate(), self.starts_on, self.ends_on, self.changed_on)


def decisions_of(unit: AdministrativeUnit) -> dict[str, list[int]]:
    """Pages that a unit hid, and those it took from the shared library with the distributions
    that brought them. One query."""
    found: dict[str, list[int]] = {"hidden": [], "taken": [], "taken_by": []}
    rows = _fetch(DECISIONS, {"unit": unit.pk, "tokens": unit.tokens()})
    for state, policy, page_id, distribution_id, arrives in rows:
        if state == "hidden":
            found["hidden"].append(page_id)
        elif policy == "library" and arrives:
            found["taken"].append(page_id)
            found["taken_by"].append(distribution_id)
    return found


@dataclass
class Shelf:
    """The pages of one type that one section of a unit's site shows, received ones included."""

    unit: AdministrativeUnit
    section_id: int
    sources: Sequence[int]
    type: str

    def beside(self, type_name: str) -> Shelf:
        """The pages of another type in the same place; what both need is read once."""
        other = Shelf(self.unit, self.section_id, self.sources, type_name)
        other.__dict__["decisions"] = self.decisions
        other.__dict__["_present_by_type"] = self._present_by_type
        return other

    @cached_property
    def decisions(self) -> dict[str, list[int]]:
        """See `decisions_of`."""
        return decisions_of(self.unit)

    def _base(self) -> dict[str, Any]:
        return {"unit": self.unit.pk, "tokens": self.unit.tokens(), "type": self.type}

    @cached_property
    def _present_by_type(self) -> dict[str, list[Branch]]:
        """The branches that hold anything, by type, own first. One query of index probes."""
        own = Branch(own_token(self.unit.pk), self.section_id)
        sources = list(dict.fromkeys(self.sources or [self.section_id]))
        possible = [own, *(Branch(token, s) for token in self.unit.tokens() for s in sources)]
        parameters = {
            "numbers": list(range(len(possible))),
            "all_tokens": [branch.token for branch in possible],
            "sections": [branch.section_id for branch in possible],
            "types": list(dict.fromkeys((self.type, ARTICLE))),
        }
        found: dict[str, list[Branch]] = defaultdict(list)
        for type_name, n in _fetch(PRESENT, self._base() | parameters):
            found[type_name].append(possible[n])
        return found

    @cached_property
    def present(self) -> list[Branch]:
        """The branches that hold anything of this type."""
        taken = [Branch("", 0)] if self.decisions["taken"] else []
        return [*self._present_by_type.get(self.type, []), *taken]

    def _parameters(self, branches: Sequence[Branch], wanted: Filter) -> dict[str, Any]:
        decided = self.decisions
        parameters = self._base() | wanted.values() | {"today": timezone.localdate()}
        parameters |= {"hidden": decided["hidden"], "taken": decided["taken"]}
        parameters["sources"] = list(self.sources or [self.section_id])
        for n, branch in enumerate(branches):
            parameters |= {f"token_{n}": branch.token, f"section_{n}": branch.section_id}
        return parameters

    def _from(self, n: int, branch: Branch, wanted: Filter) -> str:
        shown = f"{SHOWS} {wanted.sql()}"
        if not branch.token:
            return f"FROM listings_entry e WHERE {TAKEN} AND {shown}"
        received = "" if branch.token == own_token(self.unit.pk) else ONCE + NOT_HIDDEN
        return f"FROM listings_entry e WHERE {IN_BRANCH.format(n=n)} AND {shown} {received}"

    def branches(self, wanted: Filter) -> list[Branch]:
        """The branches that hold something of what is wanted, with their counts. One query."""
        parts = [
            f"SELECT {n}, extract(year FROM e.dated)::int, count(*)"
            f" {self._from(n, branch, wanted)} GROUP BY 2"
            for n, branch in enumerate(self.present)
        ]
        if not parts:
            return []
        rows = _fetch(" UNION ALL ".join(parts), self._parameters(self.present, wanted))
        years: dict[int, dict[int, int]] = defaultdict(dict)
        for n, year, count in rows:
            years[n][year] = count
        return [replace(self.present[n], years=years[n]) for n in sorted(years)]

    def page(
        self, wanted: Filter, branches: Sequence[Branch], limit: int, offset: int = 0
    ) -> list[Listed]:
        """One page of the list, the newest first. One query."""
        if offset >= sum(branch.count for branch in branches):
            return []
        return self._read(wanted, branches, limit, window_of(branches, offset, limit))

    def newest(self, limit: int, wanted: Filter | None = None) -> list[Listed]:
        """The beginning of the list, without counting it. One query."""
        if not self.present:
            return []
        return self._read(wanted or Filter(), self.present, limit, None)

    def _read(
        self, wanted: Filter, branches: Sequence[Branch], limit: int, window: Window | None
    ) -> list[Listed]:
        columns = (
            "SELECT e.page_id, e.dated, e.starts_on, e.ends_on, e.changed_on, e.distribution_id"
        )
        skip = window.skip if window else 0
        # Each branch is ordered and limited for itself: only then PostgreSQL reads it in the order
        # of the index and merges, instead of sorting all of it.
        inside = "AND e.dated >= %(window_from)s AND e.dated < %(window_to)s" if window else ""
        depth = f"{inside} ORDER BY e.dated DESC, e.page_id DESC LIMIT {limit + skip}"
        parts = [
            f"({columns} {self._from(n, branch, wanted)} {depth})"
            for n, branch in enumerate(branches)
        ]
        union = " UNION ALL ".join(parts)
        sql = f"SELECT * FROM ({union}) u ORDER BY 2 DESC, 1 DESC LIMIT {limit} OFFSET {skip}"
        parameters = self._parameters(branches, wanted)
        if window:
            parameters["window_from"] = datetime.date(window.first, 1, 1)
            parameters["window_to"] = datetime.date(window.last + 1, 1, 1)
        rows = _fetch(sql, parameters)
        taken_by = dict(zip(self.decisions["taken"], self.decisions["taken_by"], strict=True))
        return [
            Listed(pk, dated, starts_on, ends_on, changed_on, by or taken_by.get(pk))
            for pk, dated, starts_on, ends_on, changed_on, by in rows
        ]

    def counts(
        self, wanted: Filter, branches: Sequence[Branch]
    ) -> dict[str, dict[str, int]] | None:
        """How many rows of what is wanted have each value of `COUNTED`; None for lists of more
        than `MOST_COUNTED` rows. One query."""
        if sum(branch.count for branch in branches) > MOST_COUNTED:
            return None
        found: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
        rows = [
            f"{COUNTED_ROWS} {self._from(n, branch, wanted)}" for n, branch in enumerate(branches)
        ]
        if not rows:
            return found
        groups = (f"SELECT '{name}', {name}, count(*) FROM r GROUP BY 2" for name in COUNTED)
        sql = f"WITH r AS ({' UNION ALL '.join(rows)}) {' UNION ALL '.join(groups)}"
        for name, value, count in _fetch(sql, self._parameters(branches, wanted)):
            found[name][value] = count
        return found

    def offered(
        self, wanted: Filter, branches: Sequence[Branch]
    ) -> tuple[dict[str, list[str]], dict[str, dict[str, int]]]:
        """The values that filters offer, those of the whole list, and `counts` ({} where there are
        too many). One query where the whole list is wanted and counted, else two."""
        counts = self.counts(wanted, branches)
        if counts is None or wanted != Filter():
            return self.values(), counts or {}
        values = {name: sorted(value for value in found if value) for name, found in counts.items()}
        return values, counts

    def values(self) -> dict[str, list[str]]:
        """The different values of each column (`kind`, `field`, `issuer`, `year`). One query."""
        found: dict[str, set[str]] = {"kind": set(), "field": set(), "issuer": set(), "year": set()}
        parts = []
        for n, branch in enumerate(self.present):
            if branch.token:
                where = IN_BRANCH.format(n=n)
                columns = ("kind", "field", "issuer")
                parts += [DISTINCT.format(column=column, branch=where) for column in columns]
                parts.append(YEARS.format(branch=where))
        if parts:
            rows = _fetch(" UNION ALL ".join(parts), self._parameters(self.present, Filter()))
            for name, value in rows:
                found[name].add(value)
        return {name: sorted(values) for name, values in found.items()}


def _fetch(sql: str, parameters: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
