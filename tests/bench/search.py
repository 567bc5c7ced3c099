"""The search of both engines beside Wagtail's own database search, asked the same queries in turn.

The queries are made from articles of the installation (seeded). How good the answers are is not
told here, as the made-up articles repeat their sentences: `manage.py search_eval` does.
"""

from __future__ import annotations

import statistics

from search.evaluation.known_items import KnownItems
from search.evaluation.measure import STOCK, Score, asker, percentile
from search.evaluation.measure import measure as ask_all
from search.index.requests import Engine

from . import databases
from .children import python, run_child, running_worker
from .harness import Recorder
from .world import World, commune, wait_until_indexed

KINDS = (
    "span, no accents",
    "span, one error",
    "summary, nine syllables, no accents",
    "body, ten syllables, no accents",
)
QUERIES, SEED = 20, 30
# The most milliseconds: middle, of 95 in 100.
GOALS = {Engine.ELASTICSEARCH: (20, 50), Engine.POSTGRESQL: (60, 150)}


def measure(world: World, recorder: Recorder) -> None:
    """Ask all engines, then rebuild the index."""
    databases.use(world.small)
    with running_worker(databases.environment_for(world.small)):
        wait_until_indexed()
    measure_engines(recorder)
    measure_rebuild(world, recorder)


def measure_engines(recorder: Recorder) -> None:
    """Ask every kind of all engines in turn; an engine's figures are over all kinds."""
    items = KnownItems(QUERIES, SEED)
    engines = [str(engine) for engine in _engines()]
    asks = {engine: asker(engine, commune()) for engine in (*engines, STOCK)}
    scores: dict[str, list[Score]] = {engine: [] for engine in asks}
    for kind in KINDS:
        queries = items.of_kind(kind)
        for engine, ask in asks.items():
            ask_all(kind, engine, queries[:2], ask)
            scores[engine].append(ask_all(kind, engine, queries, ask))
    stock = _milliseconds(scores[STOCK])
    for engine in engines:
        own, goals = _milliseconds(scores[engine]), GOALS[Engine(engine)]
        note = f"{len(own)} queries, one client"
        peer = statistics.median(stock)
        recorder.median(f"search, {engine}", own, "ms", goal=goals[0], peer=peer, note=note)
        peer = percentile(stock, 95)
        recorder.add(f"search, {engine}, 95 %", percentile(own, 95), "ms", goal=goals[1], peer=peer)


def measure_rebuild(world: World, recorder: Recorder) -> None:
    """Compute all documents again and fill a new index, by the command."""
    environment = databases.environment_for(world.small)
    done = run_child(python("manage.py", "search_rebuild"), environment)
    note = f"{done.cpu:.0f} s of CPU in the command"
    recorder.add("rebuild of the index", done.seconds, "s", note=note)
    recorder.add("rebuild of the index, peak memory", done.peak, "MB", goal=400)


def _engines() -> list[Engine]:
    return list(Engine) if databases.is_on_elasticsearch() else [Engine.POSTGRESQL]


def _milliseconds(scores: list[Score]) -> list[float]:
    return [value for score in scores for value in score.milliseconds]
