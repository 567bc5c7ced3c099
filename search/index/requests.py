"""What is asked of the search, and what it answers."""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from search.files.passages import FileHit
from search.text import Query, highlight
from sites.blueprints.models import Section
from sites.units.models import AdministrativeUnit

MAX_SIZE = 50
DEFAULT_SIZE = 10
TITLE_LENGTH = 300
# Results beyond this place cannot be paged to; more than any installation has pages.
LAST_RESULT = 1_000_000

# So many values of a facet are offered, the most frequent ones.
SHOWN = 20
# Every way to narrow results, with the field that holds its values.
FACETS = {
    "tier": "tier",
    "unit": "unit",
    "area": "area",
    "type": "type",
    "section": "section",
    "year": "year",
    "kind": "kind",
    "field": "field",
    "issuer": "issuer",
    "validity": "validity",
    "file_type": "file_types",
}
# The columns of the read model that are named otherwise.
COLUMNS = {"unit": "unit_id", "section": "section_id"}


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

    `unit_ids` are the publishing units; `area` the code of a unit whose pages and those of all
    units below it are wanted; `section_id` a section; `kind`, `field`, `issuer` and `validity`
    names as in `Facts`; `file_type` the kind of a file on the page ("pdf"); `since` and `until`
    are dates in Viet Nam, both included; `language` one in which the page must be offered.
    """

    type: str = ""
    area: str = ""
    kind: str = ""
    field: str = ""
    issuer: str = ""
    validity: str = ""
    file_type: str = ""
    tier: str = ""
    section_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    language: str = ""

    def values(self) -> dict[str, str | int]:
        """The single values in use, by facet."""
        given: dict[str, str | int | None] = {
            "tier": self.tier,
            "area": self.area,
            "type": self.type,
            "section": self.section_id,
            "kind": self.kind,
            "field": self.field,
            "issuer": self.issuer,
            "validity": self.validity,
            "file_type": self.file_type,
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. `unit` is the searcher's; without it there is no scope but `all`.

    `version` is what the HTTP request saw by `versions.version_of`; names are kept while it stands.
    """

    text: str
    unit: AdministrativeUnit | None = None
    scope: Scope = Scope.ALL
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = DEFAULT_SIZE
    engine: Engine | None = None
    version: Hashable = None

    @property
    def offset(self) -> int:
        """How many results stand before this page of them."""
        return (self.page - 1) * self.size


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answers: page ids in order, how many there are, counts per facet value.

    `best` is the score of the first, comparable only with other answers to the same query by the
    same engine; `is_sure` tells that the first has the whole query in a row, `exact` which have,
    `has_all_in_heads` that title and summary of the first have all its words.
    """

    ids: list[int]
    total: int
    facets: dict[str, list[tuple[str, int]]]
    best: float = 0.0
    is_sure: bool = False
    has_all_in_heads: bool = False
    exact: tuple[int, ...] = ()


class Result(NamedTuple):
    """One result for a `query` as people see it. `highlight` and `title_highlight` are safe HTML,
    all texts in `language`.

    `root_url` and `path` together are its address: on the searcher's own host when her unit shows
    the page, else on the host of its origin. `received` tells that another unit published it.
    `file` is the best place in the page's files, when the query stands there.
    """

    id: int
    query: Query
    source_id: str | None
    language: str
    title: str
    summary: str
    highlight: str
    root_url: str
    path: str
    type: str
    section: Section | None
    date: datetime.datetime
    unit: AdministrativeUnit
    received: bool
    file: FileHit | None = None

    @property
    def title_highlight(self) -> str:
        """The title with what was found in it; made only where it is shown."""
        return highlight(self.title, self.query, length=TITLE_LENGTH, is_clean=True)

    @property
    def url(self) -> str:
        """The full address."""
        return self.root_url + self.path


@dataclass(slots=True)  # not frozen: a search makes a hundred, and that takes four times as long
class FacetValue:
    """One value by which results can be narrowed, with the number of results that have it.

    `parent` is the value of the area above an area.
    """

    value: str
    label: str
    count: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """`parsed` is what the query was taken for, `near` the searcher's unit and those above.

    `relaxed` tells that no page has all words, so pages with most of them are shown.
    """

    query: str
    parsed: Query
    near: tuple[int, ...]
    total: int
    engine: Engine
    took_ms: int
    results: list[Result]
    facets: dict[str, list[FacetValue]]
    suggestion: str | None = None
    relaxed: bool = False
