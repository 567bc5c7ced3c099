"""Ask an engine every query and count where the wanted pages stand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from wagtail.search.backends import get_search_backend

from cms.articles.models import ArticlePage
from search.index.requests import Engine, SearchRequest
from search.index.service import search
from sites.units.models import AdministrativeUnit

from .known_items import Item

DEPTH = 10
STOCK = "stock"

# The `source_id` of the first DEPTH results, None where a page has none.
Ask = Callable[[str], Sequence[str | None]]


@dataclass
class Score:
    """Where the wanted pages of one kind stood: 0 is not found, 1 the first place."""

    kind: str
    engine: str
    places: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def mrr(self) -> float:
        """The mean of 1/place within the first ten."""
        return statistics.fmean(1 / place if place else 0.0 for place in self.places)

    @property
    def within_three(self) -> float:
        """The share of queries whose answer stands among the first three."""
        return statistics.fmean(1.0 if 1 <= place <= 3 else 0.0 for place in self.places)

    def as_json(self) -> dict[str, object]:
        """One row of the table."""
        return {
            "kind": self.kind,
            "engine": self.engine,
            "queries": len(self.places),
            "mrr10": round(self.mrr, 4),
            "p3": round(self.within_three, 4),
            "p50_ms": round(percentile(self.milliseconds, 50), 1),
            "p95_ms": round(percentile(self.milliseconds, 95), 1),
        }


def measure(kind: str, engine: str, items: Iterable[Item], ask: Ask) -> Score:
    """Ask all queries of a kind."""
    score = Score(kind, engine)
    for item in items:
        started = time.perf_counter()
        found = ask(item.query)
        score.milliseconds.append((time.perf_counter() - started) * 1000)
        place = next((at for at, found_id in enumerate(found, 1) if found_id in item.wanted), 0)
        score.places.append(place)
        if place != 1:
            score.missed.append(f"{place}  {item.query}  → {item.wanted[0]}")
    return score


def asker(engine: str, unit: AdministrativeUnit | None) -> Ask:
    """How to ask an engine, or Wagtail's own database search for `stock`."""
    return _ask_stock if engine == STOCK else _asker(Engine(engine), unit)


def _asker(engine: Engine, unit: AdministrativeUnit | None) -> Ask:
    def ask(text: str) -> list[str | None]:
        found = search(SearchRequest(text, unit, size=DEPTH, engine=engine))
        return [result.source_id for result in found.results]

    return ask


def _ask_stock(text: str) -> list[str | None]:
    """As a Wagtail site asks that changes nothing: the default backend over live pages."""
    pages = ArticlePage.objects.live()
    found = get_search_backend("default").search(text, pages, operator="or")
    return [page.source_id for page in found[:DEPTH]]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0
