"""A commune's home page without any cache, in turns at both numbers of sites."""

from __future__ import annotations

import statistics
from functools import partial

from . import databases
from .harness import Recorder, repeated
from .world import World, commune, reader_of

ROUNDS, PER_ROUND, WARM_UP = 6, 10, 4
QUERIES, RATIO = 15, 1.2


def measure(world: World, recorder: Recorder) -> None:
    """The same commune with the same content; the databases differ in all the other sites."""
    durations: dict[str, list[float]] = {name: [] for name, _ in world.sizes()}
    queries = dict.fromkeys(durations, 0)
    for _ in range(ROUNDS):
        for name in durations:
            databases.use(name)
            client = reader_of(commune())
            assert client.get("/").status_code == 200
            values, count = repeated(partial(client.get, "/"), PER_ROUND, "ms", WARM_UP)
            durations[name] += values
            queries[name] = max(queries[name], count)
    for name, sites in world.sizes():
        title = f"commune's home page at {sites:,} sites"
        recorder.add(f"{title}, queries", queries[name], "queries", goal=QUERIES)
        recorder.median(title, durations[name], "ms")
    if world.large:
        small, large = (statistics.median(durations[name]) for name, _ in world.sizes())
        recorder.add("commune's home page, 10,810 / 220 sites", large / small, "×", goal=RATIO)
