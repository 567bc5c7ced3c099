"""`manage.py search_eval`"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.commands import JsonCommand
from search.evaluation.judged import judged_by_kind
from search.evaluation.known_items import KINDS, Item, KnownItems
from search.evaluation.measure import STOCK, Score, asker, measure
from search.index import elastic
from search.index.requests import Engine
from search.meaning import model
from sites.units.models import AdministrativeUnit

ROW = "{kind:38} {engine:14} {queries:>6} {mrr10:>7.3f} {p3:>6.3f} {p50_ms:>8.1f} {p95_ms:>8.1f}"
HEAD = ROW.replace(".3f", "").replace(".1f", "")


class Command(JsonCommand):
    """Known-item queries from the articles of the database, and the judged queries."""

    help = "Measure the relevance of the search: MRR@10, P@3 and latency by kind and engine"

    def add_options(self, parser: ArgumentParser) -> None:
        """Which queries, how many, and who is asked."""
        parser.add_argument("--sample", type=int, default=100, help="queries of a kind")
        parser.add_argument("--kind", action="append", help="a kind, or the beginning of its name")
        parser.add_argument("--engine", action="append", choices=[*Engine, STOCK])
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--unit", metavar="CODE", help="the searcher's unit")
        parser.add_argument("--ids", default="", help="only articles whose id begins so")
        parser.add_argument("--misses", type=int, default=0, help="misses of a kind to show")

    def run(self, **options: Any) -> dict[str, object]:
        """Ask every query of every kind of every engine."""
        code = options["unit"]
        unit = AdministrativeUnit.objects.with_code(code) if code else None
        engines = options["engine"] or [*Engine, STOCK]
        model.load()  # or the first queries are asked without it
        names = HEAD.format(
            kind="kind", engine="engine", queries="n", mrr10="MRR@10", p3="P@3",
            p50_ms="p50 ms", p95_ms="p95 ms",
        )  # fmt: skip
        self.say(names)
        rows = []
        for kind, items in _queries(options):
            for engine in engines:
                score = self._measured(kind, engine, items, unit)
                rows.append(score.as_json())
                self.say(ROW.format(**rows[-1]))
                for line in score.missed[: options["misses"]]:
                    self.say(f"    {line}")
        return {"rows": rows}

    def _measured(
        self, kind: str, engine: str, items: list[Item], unit: AdministrativeUnit | None
    ) -> Score:
        try:
            return measure(kind, engine, items, asker(engine, unit))
        except (elastic.Unavailable, elastic.NoIndex) as error:
            raise ValidationError(
                _("Elasticsearch does not answer: %(error)s") % {"error": error}
            ) from error


def _queries(options: dict[str, Any]) -> Iterator[tuple[str, list[Item]]]:
    """Kinds that the database has pages for, with their queries: generated, then judged."""
    known = KnownItems(options["sample"], options["seed"], options["ids"])
    wanted = options["kind"] or [""]
    for kind in KINDS:
        if any(kind.startswith(name) for name in wanted) and (items := known.of_kind(kind)):
            yield kind, items
    for kind, items in judged_by_kind().items():
        if any(kind.startswith(name) for name in wanted):
            yield kind, items
