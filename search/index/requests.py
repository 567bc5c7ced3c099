"""What is asked of the search, and what it answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from sites.blueprints.models import Section
from sites.units.models import AdministrativeUnit

MAX_SIZE = 50
DEFAULT_SIZE = 10
# Elasticsearch's default window; nobody reads on to the ten-thousandth result.
LAST_RESULT = 10_000


class Scope(StrEnum):
    """Whose pages are searched, seen from the searcher's unit."""

    UNIT = "unit"
    LEVEL = "level"
    ALL = "all"


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    DATE = "date"


class Engine(StrEnum):
    """Who answers."""

    ELASTICSEARCH = "elasticsearch"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows the results; each is applied only when given.

    `unit_ids` are the publishing units; `section_id` a section; `since` and `until` are dates in
    Viet Nam, both included; `language` one in which the page must be offered.
    """

    type: str = ""
    tier: str = ""
    section_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `unit` is the searcher's; without it there is no scope but `all`."""

    text: str
    unit: AdministrativeUnit | None = None
    scope: Scope = Scope.ALL
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = DEFAULT_SIZE
    engine: Engine | None = None

    @property
    def offset(self) -> int:
        """How many results stand before this page of them."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answers: page ids in order, how many there are, counts per facet value."""

    ids: list[int]
    total: int
    facets: dict[str, list[tuple[int | str, int]]]


@dataclass(frozen=True, slots=True)
class Result:
    """One result as people see it. `highlight` and `title_highlight` are safe HTML, all texts in
    `language`.

    `root_url` and `path` together are its address: on the searcher's own host when her unit shows
    the page, else on the host of its origin. `received` tells that another unit published it.
    """

    id: int
    source_id: str | None
    language: str
    title: str
    title_highlight: str
    summary: str
    highlight: str
    root_url: str
    path: str
    type: str
    section: Section | None
    date: datetime.datetime
    unit: AdministrativeUnit
    received: bool

    @property
    def url(self) -> str:
        """The full address."""
        return self.root_url + self.path


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value by which results can be narrowed, with the number of results that have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """`relaxed` tells that no page has all words, so pages with most of them are shown."""

    query: str
    understood: str
    total: int
    engine: Engine
    took_ms: int
    results: list[Result]
    facets: dict[str, list[FacetValue]]
    suggestion: str | None = None
    relaxed: bool = False
