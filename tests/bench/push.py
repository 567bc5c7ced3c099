"""Push, publish and recall: what an editor waits for."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

from cms.articles.models import ArticlePage
from sites.distribution.actions import PushAction, RecallAction
from sites.distribution.models import Distribution

from . import databases, peers
from .harness import Recorder, timed, timed_and_counted
from .world import World, editor, fresh_articles, province, superuser

ROUNDS, PER_ROUND, WARM_UP = 3, 5, 2
EDITS = 40
SECONDS, QUERIES, RATIO = 0.25, 40, 1.2


class Timings:
    """Seconds and statements of one act at one number of sites."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.queries = 0
        self.sites = 0

    def keep(self, work: Any) -> None:
        """Do and measure it."""
        seconds, queries = timed_and_counted(work)
        self.seconds.append(seconds)
        self.queries = max(self.queries, queries)


def audience_of(database: str, world: World) -> tuple[list[str], Any]:
    """Whom to push to, and who may: the province's editor, or a superuser for all sites."""
    if database == world.large:
        return ["all"], superuser()
    return [f"under:{province().code}"], editor(province())


def push_and_recall(
    database: str, world: World, pushes: dict[str, Timings], recalls: dict[str, Timings]
) -> None:
    """One round in one database: fresh articles, each pushed and recalled."""
    databases.use(database)
    audience, user = audience_of(database, world)
    with fresh_articles(PER_ROUND + WARM_UP, "Bài phân phối") as pages:
        for index, page in enumerate(pages):
            action = PushAction(
                ArticlePage.objects.get(pk=page.pk), audience, "recommended", user=user
            )
            measuring = index >= WARM_UP
            (pushes[database] if measuring else Timings()).keep(action.execute)
            pushes[database].sites = action.receivers
            distribution = Distribution.objects.get(page=page)
            recall = RecallAction(distribution, "error", user=user)
            (recalls[database] if measuring else Timings()).keep(recall.execute)


def measure(world: World, recorder: Recorder) -> None:
    """Push and recall in turns at both sizes; publish; the same with alias pages."""
    names = [name for name, _ in world.sizes()]
    pushes = {name: Timings() for name in names}
    recalls = {name: Timings() for name in names}
    for _, name in itertools.product(range(ROUNDS), names):
        push_and_recall(name, world, pushes, recalls)
    databases.use(world.small)
    stock = peers.alias_pages()
    _record(world, recorder, pushes, recalls, stock)
    for name in names:
        databases.use(name)
        _publish(world, name, recorder, stock)


def _record(
    world: World,
    recorder: Recorder,
    pushes: dict[str, Timings],
    recalls: dict[str, Timings],
    stock: peers.AliasTimings,
) -> None:
    peer: dict[str, Any] = {"note": f"peer: {stock.targets} alias pages"}
    for name, timings in pushes.items():
        small = name == world.small
        sites = f"{timings.sites:,} sites"
        recorder.median(
            f"push to {sites}", timings.seconds, "s", goal=SECONDS,
            **(peer | {"peer": stock.create_seconds} if small else {}),
        )  # fmt: skip
        recorder.add(
            f"push to {sites}, queries", timings.queries, "queries", goal=QUERIES,
            **(peer | {"peer": stock.create_queries} if small else {}),
        )  # fmt: skip
    if world.large:
        medians = _medians(recorder, "push to ")
        recorder.add("push, 10,810 / 219 sites", medians[1] / medians[0], "×", goal=RATIO)
    for name, timings in recalls.items():
        recorder.median(
            f"recall from {pushes[name].sites:,} sites", timings.seconds, "s", goal=SECONDS
        )


def _medians(recorder: Recorder, start: str) -> list[float]:
    return [m.value for m in recorder.found if m.name.startswith(start) and m.unit == "s"]


def _publish(world: World, database: str, recorder: Recorder, stock: peers.AliasTimings) -> None:
    """Edits of a page shown on all sites and of one shown nowhere else, each first in turns."""
    audience, user = audience_of(database, world)
    with fresh_articles(2, "Bài sửa") as (shown, alone):
        action = PushAction(shown, audience, "recommended", user=user)
        action.execute()
        durations: dict[int, list[float]] = {shown.pk: [], alone.pk: []}
        for number in range(WARM_UP + EDITS):
            for pk in sorted(durations, reverse=bool(number % 2)):
                seconds = edit(pk, number, user)
                if number >= WARM_UP:
                    durations[pk].append(seconds)
    sites = f"{action.receivers:,} sites"
    peer = stock.publish_seconds if database == world.small else None
    recorder.median(f"publish an edit, shown on {sites}", durations[shown.pk], "s", peer=peer)
    recorder.median("publish an edit, shown nowhere else", durations[alone.pk], "s", note=sites)
    ratio = statistics.median(durations[shown.pk]) / statistics.median(durations[alone.pk])
    recorder.add(f"publish an edit, shown on {sites} / nowhere else", ratio, "×", goal=RATIO)


def edit(pk: int, number: int, user: Any) -> float:
    """Seconds to save and publish a change of an article."""
    page = ArticlePage.objects.get(pk=pk)
    page.title = f"Bài sửa lần {number}"
    return timed(lambda: page.save_revision(user=user).publish(user=user))
