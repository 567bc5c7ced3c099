"""Addresses of pages: one, and twenty in a rich text."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any

from django.test import RequestFactory
from wagtail.rich_text import expand_db_html

from cms.basepage.models import BasePage
from sites.hosts import registry

from . import databases, peers
from .harness import FACTOR, Recorder, repeated, timed
from .world import World, commune

SAMPLE, STOCK_SAMPLE, LINKS = 2000, 100, 20
RUNS = 9


def measure(world: World, recorder: Recorder) -> None:
    """At the largest number of sites; the peer scans the list of sites, its cache warm."""
    databases.use(world.largest)
    sites = f"at {dict(world.sizes())[world.largest]:,} sites"
    request = RequestFactory(HTTP_HOST=commune().hostname).get("/")
    request.portal = registry.portal_of_unit(commune().pk)  # type: ignore[attr-defined]
    # Every fifth page: from all over the tree, at every depth.
    ids = BasePage.objects.filter(depth__gte=2).order_by("pk").values_list("pk", flat=True)
    chosen = list(ids)[:: max(1, len(ids) // SAMPLE)][:SAMPLE]
    pages = list(BasePage.objects.filter(pk__in=chosen))
    html = "".join(
        f'<p><a linktype="page" id="{pk}">x</a></p>' for pk in chosen[5 :: SAMPLE // LINKS]
    )
    ours = [each(pages, request) for _ in range(RUNS)]
    links, queries = repeated(lambda: expand_db_html(html), RUNS, "ms")
    loading = timed(lambda: registry._load(uuid.uuid4()), "ms")
    with peers.stock_addresses():
        each(pages[:3], request)
        stock = min(each(pages[:STOCK_SAMPLE], request) for _ in range(3))
        stock_links, _ = repeated(lambda: expand_db_html(html), 3, "ms", warm_up=1)
    recorder.median(f"one page address {sites}", ours, "ms", goal=0.05, peer=stock)
    recorder.median(
        f"{html.count('<a ')} links in rich text {sites}", links, "ms", goal=5,
        peer=min(stock_links), note=f"{queries} queries",
    )  # fmt: skip
    recorder.add(f"reading the map of hosts again {sites}", loading, "ms", note="after a change")


def each(pages: Sequence[Any], request: Any) -> float:
    """Milliseconds for one address, over some pages."""
    started = time.perf_counter()
    for page in pages:
        assert page.get_url(request)
    return (time.perf_counter() - started) * FACTOR["ms"] / len(pages)
