"""From the editor's click to a resident of a commune: readable, then found by search."""

from __future__ import annotations

import random
import time
from typing import Any
from urllib.parse import urlencode

from cms.articles.models import ArticlePage
from search.index.requests import Engine
from search.text import slugify
from sites.distribution.actions import PushAction

from . import databases
from .children import running_worker
from .harness import Recorder
from .world import (
    World,
    commune,
    editor,
    fresh_articles,
    province,
    reader_of,
    wait_until_indexed,
)

RUNS = 9
SYLLABLES = ["khoẳm", "ngoẵng", "bượm", "phuỗng", "triệng", "giễnh", "nghuộc", "thoẹo", "vuếnh"]
PATIENCE = 30.0
ASK_EVERY = 0.02


def measure(world: World, recorder: Recorder) -> None:
    """Push articles one by one, each just published and in no index yet; a commune's reader asks
    until it is there. Search is asked about the commune's own site, so that finding the
    province's copy does not count."""
    databases.use(world.largest)
    client = reader_of(commune())
    readable: list[float] = []
    found: list[float] = []
    engines: set[str] = set()
    title = f"Hội làng {' '.join(random.sample(SYLLABLES, 3))}"
    with running_worker(databases.environment_for(world.largest)):
        wait_until_indexed()
        _wake_search(client)
        for index in range(RUNS + 1):
            wait_until_indexed()
            with fresh_articles(1, f"{title} {index}") as (page,):
                seconds_read, seconds_found, engine = _one(client, page)
            if index:
                readable.append(seconds_read)
                found.append(seconds_found)
                engines.add(engine)
    sites = dict(world.sizes())[world.largest]
    by = f"{sites:,} sites, engine: {', '.join(sorted(engines))}"
    recorder.median("push → readable on a commune's site", readable, "s", goal=1, note=by)
    recorder.median("push → found by search there", found, "s", goal=2, note=by)
    recorder.add("push → found by search there, slowest", max(found), "s", goal=2, note=by)


def _wake_search(client: Any) -> None:
    """Ask until the engine of this run answers: a cold one is slow once, and then left alone."""
    if databases.is_on_elasticsearch():
        _until(
            lambda: client.get("/api/v1/search?q=uy+ban").json()["engine"] == Engine.ELASTICSEARCH
        )


def _one(client: Any, page: ArticlePage) -> tuple[float, float, str]:
    """Seconds until read, seconds until found (typed without accents), and who found it."""
    query = urlencode({"q": slugify(page.title).replace("-", " "), "scope": "unit"})
    address = f"/tin-tuc/{page.slug}~{page.pk}/"
    user = editor(province())
    started = time.perf_counter()
    PushAction(page, ["under:30"], "recommended", user=user).execute()
    _until(lambda: client.get(address).status_code == 200)
    readable = time.perf_counter() - started
    answer: dict[str, Any] = {}

    def is_found() -> bool:
        answer.update(client.get(f"/api/v1/search?{query}").json())
        return any(result["url"].endswith(address) for result in answer["results"])

    _until(is_found)
    return readable, time.perf_counter() - started, answer["engine"]


def _until(condition: Any) -> None:
    """Ask again and again. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("A pushed article did not arrive on the commune's site.")
        time.sleep(ASK_EVERY)
