"""The explorer as a commune's editor sees it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F
from django.test import Client

from cms.basepage.models import BasePage
from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage

from . import databases, peers
from .harness import Recorder, repeated
from .world import World, commune, editor

RUNS, STOCK_RUNS = 15, 5
BYTES, SECONDS = 60_000, 0.15


def measure(world: World, recorder: Recorder) -> None:
    """The site's first page and its fullest section, ours and Wagtail's own."""
    databases.use(world.largest)
    sites = f"at {dict(world.sizes())[world.largest]:,} sites"
    client = Client(HTTP_HOST=settings.EDITORS_HOSTS[0])
    client.force_login(editor(commune()))
    home = SiteHomePage.objects.get(unit=commune())
    fullest = SectionPage.objects.filter(unit=commune()).order_by(F("numchild").desc())[0]
    for title, page in (("site", home), (f"section of {fullest.numchild} articles", fullest)):
        _page(recorder, f"explorer, {title}, {sites}", client, page)


def _page(recorder: Recorder, title: str, client: Any, page: BasePage) -> None:
    address = f"/pages/{page.pk}/"
    size = _size(client, address)
    seconds, queries = repeated(lambda: client.get(address), RUNS)
    with peers.stock_explorer():
        stock_size = _size(client, address)
        stock_seconds, stock_queries = repeated(lambda: client.get(address), STOCK_RUNS, warm_up=1)
    recorder.add(title, size, "bytes", goal=BYTES, peer=stock_size)
    recorder.median(
        title, seconds, "s", goal=SECONDS, peer=sorted(stock_seconds)[STOCK_RUNS // 2],
        note=f"{queries} queries, peer {stock_queries}",
    )  # fmt: skip


def _size(client: Any, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(answer.content)
