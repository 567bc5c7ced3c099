"""What the search must know of the office's entries, held by every process.

A token in the database tells whether anything changed; it is asked for at most once in two
seconds, so that every worker follows a change within that time and a search costs no query.
"""

from __future__ import annotations

import datetime
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection

from search.text import Abbreviation, AbbreviationTable, Expansion, Token, shipped_table, tokens
from search.text.abbreviations import lengths_by_first
from sites.hosts.registry import host_map
from sites.units.models import AdministrativeUnit, Tier

from .models import Promotion, Synonym

RECHECK_SECONDS = 2.0
# Names of units may come from imports that send no signals.
KEPT_SECONDS = 3600.0
MOST_NAMES = 6

Folds = tuple[str, ...]
# The unit that an entry belongs to; None for the whole installation.
Owner = int | None

RENAMED = """
    SELECT o.id, o.name, n.id, n.name FROM units_succession s
    JOIN units_administrativeunit o ON o.id = s.old_id
    JOIN units_administrativeunit n ON n.id = s.new_id
    WHERE o.tier = %(tier)s AND n.tier = %(tier)s AND (o.id = ANY(%(ids)s) OR n.id = ANY(%(ids)s))
    ORDER BY s.id
"""

NAMED = """
    SELECT id, name, short_name, kind FROM units_administrativeunit WHERE id = ANY(%(ids)s)
    UNION
    SELECT u.id, u.name, u.short_name, u.kind FROM units_succession s
    JOIN units_administrativeunit u ON u.id IN (s.old_id, s.new_id)
    WHERE s.old_id = ANY(%(ids)s) OR s.new_id = ANY(%(ids)s)
"""

# A site's unit under its own name, and under those that it had or will have.
SITES = """
    SELECT u.name, u.short_name, u.tier, u.id FROM units_administrativeunit u
    WHERE u.id = ANY(%(ids)s)
    UNION ALL
    SELECT u.name, u.short_name, u.tier, s.new_id FROM units_succession s
    JOIN units_administrativeunit u ON u.id = s.old_id
    JOIN units_administrativeunit o ON o.id = s.new_id AND o.tier = u.tier
    WHERE o.id = ANY(%(ids)s) AND u.id <> ALL(%(ids)s)
    UNION ALL
    SELECT u.name, u.short_name, u.tier, s.old_id FROM units_succession s
    JOIN units_administrativeunit u ON u.id = s.new_id
    JOIN units_administrativeunit o ON o.id = s.old_id AND o.tier = u.tier
    WHERE o.id = ANY(%(ids)s) AND u.id <> ALL(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a unit as tokens."""

    text: str
    exact: Folds
    folds: Folds


Names = Mapping[Folds, tuple[tuple[Name, tuple[Name, ...]], ...]]
# By folded name: ids of units with a site, the name's exact tokens, whether the kind is in it.
Sites = Mapping[Folds, Sequence[tuple[int, Folds, bool]]]


class Vocabulary(AbbreviationTable):
    """Abbreviations and, for units that have no site, the names of those that carry on for them."""

    def __init__(self, rows: Iterable[Abbreviation], names: Names) -> None:
        super().__init__(rows)
        self._names = names
        self._name_lengths = lengths_by_first(name for name in names if len(name) > 1)

    def expand(self, query: Sequence[Token]) -> tuple[Expansion, ...]:
        """The other ways to say parts of a query; a unit's name counts before anything inside."""
        renamed = list(self._renamed(query)) if self._names else []
        if not renamed:
            return super().expand(query)
        taken = {at for found in renamed for at in range(found.start, found.end)}
        others = [
            found
            for found in super().expand(query)
            if taken.isdisjoint(range(found.start, found.end))
        ]
        return tuple(sorted([*renamed, *others], key=lambda found: found.start))

    def _renamed(self, query: Sequence[Token]) -> Iterable[Expansion]:
        at = 0
        while at < len(query):
            end, others = self._name_at(query, at)
            source = " ".join(token.text for token in query[at:end])
            for name in others:
                yield Expansion(at, end, source, name.text, name.exact, name.folds)
            at = end

    def _name_at(self, query: Sequence[Token], at: int) -> tuple[int, tuple[Name, ...]]:
        for size in self._name_lengths.get(query[at].fold, ()):
            part = query[at : at + size]
            for name, others in self._names.get(tuple(token.fold for token in part), ()):
                if len(part) == size and fits(part, name.exact):
                    return at + size, others
        return at + 1, ()


def fits(typed: Sequence[Token], exact: Sequence[str]) -> bool:
    """Whether every accent that was typed is the name's."""
    pairs = zip(typed, exact, strict=True)
    return all(not token.has_marks or token.exact == own for token, own in pairs)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a promotion, ready to be compared."""

    page_id: int
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None

    def holds(self, now: datetime.datetime) -> bool:
        """Whether it holds at a moment."""
        started = self.starts_at is None or self.starts_at <= now
        return started and (self.ends_at is None or self.ends_at > now)


@dataclass(slots=True)
class Office:
    """All entries at one version."""

    version: tuple[object, ...] = ()
    loaded_at: float = 0.0
    rows: dict[Owner, list[Abbreviation]] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    # Ids of units by their folded names: with and without the kind, and in English.
    units: dict[Folds, list[int]] = field(default_factory=dict)
    sites: Sites = field(default_factory=dict)
    whole: dict[tuple[Owner, Folds], list[Line]] = field(default_factory=dict)
    beginnings: dict[tuple[Owner, Folds], list[Line]] = field(default_factory=dict)
    tables: dict[tuple[Owner, ...], Vocabulary] = field(default_factory=dict)

    def table(self, near: Sequence[int]) -> Vocabulary:
        """The vocabulary for a searcher in `near` (unit ids, her own first, then those above)."""
        owners: tuple[Owner, ...] = tuple(
            owner for owner in (None, *reversed(near)) if owner in self.rows
        )
        if owners not in self.tables:
            self.tables[owners] = self._merged(owners)
        return self.tables[owners]

    def _merged(self, owners: tuple[Owner, ...]) -> Vocabulary:
        """The entries of the nearest unit replace those of the ones above and the shipped ones."""
        by_short: dict[tuple[str, ...], list[Abbreviation]] = {}
        own = [self.rows[owner] for owner in owners]
        for layer in (shipped_table().rows, *own):
            fresh: dict[tuple[str, ...], list[Abbreviation]] = defaultdict(list)
            for row in layer:
                fresh[tuple(folded for _, folded in row.short_forms)].append(row)
            by_short |= fresh
        return Vocabulary(chain.from_iterable(by_short.values()), self.names)

    def promoted(self, folds: Folds, near: Sequence[int], now: datetime.datetime) -> list[int]:
        """Ids of the pages promoted for a query, those of the nearest unit first, each once."""
        found: list[Line] = []
        for owner in (*near, None):
            found += self.whole.get((owner, folds), ())
            for size in range(len(folds), 0, -1):
                found += self.beginnings.get((owner, folds[:size]), ())
        return list(dict.fromkeys(line.page_id for line in found if line.holds(now)))


_office = Office()
_checked_at = 0.0
_lock = threading.Lock()


def office() -> Office:
    """The office's entries, no older than two seconds."""
    global _checked_at
    now = time.monotonic()
    if _checked_at and now - _checked_at < RECHECK_SECONDS:
        return _office
    version = (_token(), host_map().token)
    if _office.version != version or now - _office.loaded_at > KEPT_SECONDS:
        _load(version, now)
    _checked_at = now
    return _office


def forget() -> None:
    """Ask the database again at the next search of this process."""
    global _checked_at
    _checked_at = 0.0


def _token() -> uuid.UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM search_office_officeversion WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def _load(version: tuple[object, ...], now: float) -> None:
    global _office
    with _lock:
        if _office.version == version and now - _office.loaded_at <= KEPT_SECONDS:
            return
        fresh = Office(
            version=version,
            loaded_at=now,
            names=_load_names(),
            units=_load_units(),
            sites=_load_sites(),
        )
        for synonym in Synonym.objects.order_by("pk"):
            fresh.rows.setdefault(synonym.unit_id, []).append(as_row(synonym))
        for promotion in Promotion.objects.order_by("pk"):
            _add_lines(fresh, promotion)
        _office = fresh


def as_row(synonym: Synonym) -> Abbreviation:
    """An entry as a row of the table. Raises AbbreviationError for one that cannot be used."""
    # A word in capitals is an abbreviation; anything else is an everyday word, valid as typed.
    group = "subject" if synonym.short.isupper() else "colloquial"
    return Abbreviation(synonym.short, synonym.long, group, synonym.way)


def read_line(line: str) -> tuple[Folds, bool]:
    """The folded words of a line of a promotion, and whether it stands for all that begin so."""
    folds = tuple(token.fold for token in tokens(line))
    return folds, line.rstrip().endswith("*")


def _add_lines(office: Office, promotion: Promotion) -> None:
    line = Line(promotion.page_id, promotion.starts_at, promotion.ends_at)
    for text in promotion.queries.splitlines():
        folds, is_beginning = read_line(text)
        if folds:
            where = office.beginnings if is_beginning else office.whole
            where.setdefault((promotion.unit_id, folds), []).append(line)


def _load_names() -> Names:
    """Names of communes without a site, with those of the communes that they became or were.

    A name that a commune with a site carries is left alone: it means that one.
    """
    with_site = host_map().by_unit
    parameters: dict[str, Any] = {"tier": Tier.COMMUNE, "ids": list(with_site)}
    with connection.cursor() as cursor:
        cursor.execute(RENAMED, parameters)
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT name FROM units_administrativeunit WHERE id = ANY(%(ids)s)", parameters
        )
        taken = {as_name(name) for (name,) in cursor.fetchall()}
    meant: dict[Name, list[Name]] = defaultdict(list)
    for _old_id, old, new_id, new in rows:
        gone, here = (old, new) if new_id in with_site else (new, old)
        if (name := as_name(gone)) not in taken:
            meant[name].append(as_name(here))
    by_folds: dict[Folds, list[tuple[Name, tuple[Name, ...]]]] = defaultdict(list)
    for name, others in meant.items():
        by_folds[name.folds].append((name, tuple(dict.fromkeys(others))[:MOST_NAMES]))
    return {folds: tuple(entries) for folds, entries in by_folds.items()}


def _load_units() -> dict[Folds, list[int]]:
    """Units with a site, and those that they came from or became. One query."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, {"ids": list(host_map().by_unit)})
        rows = cursor.fetchall()
    units: dict[Folds, list[int]] = defaultdict(list)
    for pk, name, short_name, kind in rows:
        english = AdministrativeUnit(short_name=short_name, kind=kind).english_name
        for folds in {as_name(text).folds for text in (name, short_name, english)}:
            units[folds].append(pk)
    return dict(units)


def _load_sites() -> Sites:
    """The units whose pages a name stands for; short names of communes only. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SITES, {"ids": list(host_map().by_unit)})
        rows = cursor.fetchall()
    sites: dict[Folds, list[tuple[int, Folds, bool]]] = defaultdict(list)
    for whole, short, tier, pk in rows:
        for text in dict.fromkeys((whole, short)):
            name = as_name(text)
            if text == whole or tier == Tier.COMMUNE:
                sites[name.folds].append((pk, name.exact, text == whole))
    return dict(sites)


def as_name(text: str) -> Name:
    """A unit's name, ready to be compared."""
    parts = tokens(text)
    return Name(text, tuple(part.exact for part in parts), tuple(part.fold for part in parts))
