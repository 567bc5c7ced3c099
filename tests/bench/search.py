"""The search of both engines beside Wagtail's own database search, asked the same queries in turn;
then with four clients at once over HTTP, suggestions, and how soon a change is found.

The queries are made from articles of the installation (seeded). How good the answers are is not
told here, as the made-up articles repeat their sentences: `manage.py search_eval` does.

`standing.py` takes the same figures of an installation of any size.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import threading
import time

from django.db import connection

from search.evaluation.known_items import KINDS as ALL_KINDS
from search.evaluation.known_items import KnownItems
from search.evaluation.measure import STOCK, Score, asker, percentile
from search.evaluation.measure import measure as ask_all
from search.index import elastic
from search.index.requests import Engine, SearchRequest
from search.index.service import search

from . import databases
from .children import python, run_child, running_worker
from .harness import Recorder
from .traffic import Server, web_server
from .world import World, commune, wait_until_indexed
from .writer import Way

KINDS = (
    "span, no accents",
    "span, one error",
    "summary, nine syllables, no accents",
    "body, ten syllables, no accents",
)
QUERIES, SEED = 20, 30
# The most milliseconds: middle, of 95 in 100.
GOALS = {Engine.ELASTICSEARCH: (20, 50), Engine.POSTGRESQL: (60, 150)}
SLOWEST = {Engine.ELASTICSEARCH: 120, Engine.POSTGRESQL: 400}
CLIENTS, SECONDS, WARM_UP_SECONDS = 4, 60.0, 10.0
SUGGESTION_GOAL = 30
# What people ask besides: short, and on thousands of pages.
SHORT = (
    "đất", "khai sinh", "người dân", "ủy ban nhân dân", "thủ tục hành chính", "học phí",
    "lich tiep dan", "giay phep xay dung", "bao hiem y te", "tuyen dung",
)  # fmt: skip
CHANGES, CHANGE_SECONDS, PATIENCE = 50, 20, 30.0
# Between two looks for the same article, and before the next one: looking costs the same cores.
LOOK_SECONDS, NEXT_SECONDS = 0.05, 0.25
INDEX_GOAL = 1200
SIZES = """
    SELECT pg_total_relation_size('search_index_searchdocument')
           + pg_total_relation_size('search_index_searchentry')
           + pg_total_relation_size('search_index_searchheads'),
           pg_relation_size('search_entry_words'), count(*) FROM search_index_searchdocument
"""


def measure(world: World, recorder: Recorder) -> None:
    """Ask all engines, then rebuild the index."""
    databases.use(world.small)
    with running_worker(databases.environment_for(world.small)):
        wait_until_indexed()
    measure_engines(recorder)
    environment = databases.environment_for(world.small)
    measure_traffic(environment, recorder)
    measure_size(recorder)
    measure_changes(environment, recorder)
    measure_rebuild(environment, recorder)


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


def measure_traffic(environment: dict[str, str], recorder: Recorder) -> None:
    """Four clients for a minute at each engine, then suggestions."""
    items = KnownItems(QUERIES, SEED)
    queries = [item.query for kind in ALL_KINDS for item in items.of_kind(kind)] + [*SHORT]
    random.Random(SEED).shuffle(queries)  # noqa: S311 (repeatable, not secret)
    for engine in _engines():
        url = os.environ["ELASTICSEARCH_URL"] if engine is Engine.ELASTICSEARCH else ""
        with web_server(environment | {"ELASTICSEARCH_URL": url}) as server:
            _measure_search(server, engine, queries, recorder)
            if engine is Engine.POSTGRESQL:
                _measure_suggestions(server, queries, recorder)


def _measure_search(server: Server, engine: Engine, queries: list[str], recorder: Recorder) -> None:
    host, path = commune().hostname, "/api/v1/search"
    server.ask(path, queries, host, clients=CLIENTS, seconds=WARM_UP_SECONDS)
    found = server.ask(path, queries, host, clients=CLIENTS, seconds=SECONDS)
    name = f"search, {engine}, {CLIENTS} clients"
    goals = (*GOALS[engine], SLOWEST[engine])
    for percent, goal in zip((50, 95, 99), goals, strict=True):
        note = found.note if percent == 50 else ""
        recorder.add(f"{name}, {percent} %", found.at(percent), "ms", goal=goal, note=note)


def _measure_suggestions(server: Server, queries: list[str], recorder: Recorder) -> None:
    """What is typed on the way to a query, letter by letter."""
    typed = [query[:end] for query in queries[:40] for end in range(2, min(20, len(query)))]
    host, path = commune().hostname, "/api/v1/suggest"
    server.ask(path, typed, host, clients=1, seconds=WARM_UP_SECONDS / 5)
    found = server.ask(path, typed, host, clients=1, seconds=SECONDS / 4)
    recorder.add("suggestion, 95 %", found.at(95), "ms", goal=SUGGESTION_GOAL, note=found.note)


def measure_size(recorder: Recorder) -> None:
    """Bytes of the live index, and of what PostgreSQL searches."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        whole, index, documents = cursor.fetchone()
    note = f"{documents:,} documents; the index that finds alone {index / 1e6:,.0f} MB"
    recorder.add("search, PostgreSQL, table and indexes", whole / 1e6, "MB", note=note)
    if databases.is_on_elasticsearch():
        stats = elastic.client().indices.stats(index=elastic.alias(), metric="store")
        size = stats["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6
        recorder.add("search, size of the index", size, "MB", goal=INDEX_GOAL, note="one copy")


def measure_changes(environment: dict[str, str], recorder: Recorder) -> None:
    """Fifty articles a second are changed; about two of them are looked for until they are found.

    First as bulk actions change them, then saved one by one, as many a second as one process can.
    """
    with running_worker(environment):
        for way in Way:
            wait_until_indexed()
            _measure_changes(way, environment, recorder)
        wait_until_indexed()


def _measure_changes(way: Way, environment: dict[str, str], recorder: Recorder) -> None:
    saved: dict[str, float] = {}
    found: list[float] = []
    cold: list[float] = []
    count = CHANGES * int(WARM_UP_SECONDS + CHANGE_SECONDS)
    command = python("-m", "tests.bench.writer", way, str(CHANGES), str(count))
    with subprocess.Popen(  # noqa: S603 (our own command)
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        reader = threading.Thread(target=_read, args=(writer, saved))
        reader.start()
        measured_from = time.monotonic() + WARM_UP_SECONDS
        while writer.poll() is None:
            is_warm = time.monotonic() >= measured_from
            _look_for_newest(saved, found if is_warm else cold)
        reader.join()
    if writer.returncode:
        raise RuntimeError("The articles could not be changed.")
    rate = len(saved) / (max(saved.values()) - min(saved.values()))
    note = f"{rate:.0f} changes a second, {len(found)} looked for; load {os.getloadavg()[0]:.0f}"
    name = f"change → found, {way}, 95 %"
    recorder.add(name, percentile(found, 95), "s", goal=1, note=note)


def _read(writer: subprocess.Popen[str], saved: dict[str, float]) -> None:
    """Keep when each word was written, as the writer says it."""
    for line in writer.stdout or ():
        word, at = line.split()
        saved[word] = float(at)


def _look_for_newest(saved: dict[str, float], found: list[float]) -> None:
    """Ask for the page changed last until it is found. Raises TimeoutError."""
    if not saved:
        time.sleep(LOOK_SECONDS)
        return
    word, at = next(reversed(saved.copy().items()))
    while not search(SearchRequest(word)).total:
        if time.monotonic() - at > PATIENCE:
            raise TimeoutError("A changed article was not found.")
        time.sleep(LOOK_SECONDS)
    found.append(time.monotonic() - at)
    time.sleep(NEXT_SECONDS)


def measure_rebuild(environment: dict[str, str], recorder: Recorder) -> None:
    """Compute all documents again and fill a new index, by the command."""
    done = run_child(python("manage.py", "search_rebuild"), environment)
    note = f"{done.cpu:.0f} s of CPU in the command"
    recorder.add("rebuild of the index", done.seconds, "s", note=note)
    recorder.add("rebuild of the index, peak memory", done.peak, "MB", goal=400)


def _engines() -> list[Engine]:
    return list(Engine) if databases.is_on_elasticsearch() else [Engine.POSTGRESQL]


def _milliseconds(scores: list[Score]) -> list[float]:
    return [value for score in scores for value in score.milliseconds]
