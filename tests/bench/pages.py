"""Every page type without any cache, in a commune with 30,000 items, beside a stock Wagtail page.

The stock page is what Wagtail's tutorial builds: Wagtail's own middleware, routing and addresses, a
menu of the sections, the ancestors, the twenty newest siblings, and text until the answer is as
long as ours. Ours goes through everything that production has: the map of hosts, keys, policy.
"""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import models
from django.template import Engine
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from wagtail.models import Site

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from cms.basepage.models import BasePage
from cms.sections.kinds import page_types
from cms.sections.models import SectionPage

from . import databases, world
from .articles import articles
from .harness import Recorder, repeated, say, timed
from .peers import stock_addresses
from .world import World, commune, reader_of

DATABASE = "liencap_bench_pages"
ITEMS, BATCH = 30_000, 500
ROUNDS, PER_ROUND, WARM_UP = 5, 8, 3
QUERIES, RATIO, HOME_BYTES = 15, 1.5, 40 * 1024
EXPORT_ONE, EXPORT_ALL = 5, 600
FILLED = (models.DateField, models.CharField, models.IntegerField, models.ForeignKey)
OWN = ("cms.", "sites.", "search.", "wagtail.contrib.redirects")


def measure(built: World, recorder: Recorder) -> None:
    """Fill a copy of the small installation, then measure page by page in turns with the peer."""
    databases.create(DATABASE, template=built.small)
    databases.use(DATABASE)
    try:
        fill()
        samples = one_of_each()
        for name, path in samples.items():
            measure_page(recorder, name, path)
        measure_weight(recorder)
        measure_export(recorder)
    finally:
        databases.use(built.small)
        databases.drop(DATABASE)


def fill() -> None:
    """30,000 articles in one commune, spread over its sections."""
    say(f"    Insert {ITEMS:,} articles into one commune")
    sections = list(SectionPage.objects.filter(unit=commune(), section__isnull=False))
    pairs: list[tuple[BasePage, BasePage]] = []
    for number, raw in enumerate(articles(ITEMS)):
        page = ArticlePage(
            title=str(raw["title"]),
            summary_vi=str(raw["summary"]),
            public_at=datetime.datetime.fromisoformat(str(raw["published"])),
        )
        pairs.append((sections[number % len(sections)], page))
        if len(pairs) == BATCH:
            insert_pages(pairs)
            pairs = []
    insert_pages(pairs)


def one_of_each() -> dict[str, str]:
    """The path of one page of every type, by name; sections and the home page too."""
    parents: dict[str, SectionPage] = {}
    for section in SectionPage.objects.filter(unit=commune(), section__isnull=False):
        for name in section.section.page_types or ["article"]:
            parents.setdefault(name, section)
    found = {"home": "/", "section": "/tin-tuc/"}
    for name, model in page_types().items():
        parent = parents.get(name)
        if parent is None:
            say(f"    No section of a commune takes pages of the type {name}")
            continue
        page = model(title=f"Mẫu {name}", **{f.name: value_for(f) for f in required(model)})
        insert_pages([(parent, page)])
        found[name] = page.get_url_parts()[2]  # type: ignore[index]
        if parent.slug != "tin-tuc":
            found[f"section of {name}"] = f"/{parent.slug}/"
    return found


def required(model: type[models.Model]) -> list[Any]:
    """The fields of a type's own table that have no default and may not be empty."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not (field.null or field.has_default() or field.primary_key or field.blank)
        and not isinstance(field, models.OneToOneField)
        and isinstance(field, FILLED)
    ]


def value_for(field: Any) -> Any:
    """Some value that fits a field."""
    if isinstance(field, models.ForeignKey):
        other: Any = field.related_model
        return other.objects.first() or other.objects.create(
            **{f.name: value_for(f) for f in required(other)}
        )
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.IntegerField):
        return 1
    return field.choices[0][0] if field.choices else "Mẫu"


def measure_page(recorder: Recorder, name: str, path: str) -> None:
    """Our page and a stock page of the same length, in turns."""
    client = reader_of(commune())
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    ours: list[float] = []
    stock: list[float] = []
    queries = 0
    for _ in range(ROUNDS):
        durations, count = repeated(partial(client.get, path), PER_ROUND, "ms", WARM_UP)
        ours += durations
        queries = max(queries, count)
        with stock_site(len(answer.content)) as peer:
            stock += repeated(peer, PER_ROUND, "ms", WARM_UP)[0]
    recorder.add(f"{name}, queries", queries, "queries", goal=QUERIES)
    peer_time = statistics.median(stock)
    recorder.median(f"{name}, uncached", ours, "ms", peer=peer_time)
    ratio = statistics.median(ours) / peer_time
    recorder.add(f"{name}, ours / stock page of the same length", ratio, "×", goal=RATIO)


@contextmanager
def stock_site(length: int) -> Iterator[Any]:
    """A call that asks Wagtail as it comes for a page of a given length in bytes."""
    template = Engine.get_default().from_string(
        (Path(__file__).parent / "stock_page.html").read_text(encoding="utf-8")
    )
    middleware = [name for name in settings.MIDDLEWARE if not name.startswith(OWN)]
    page = ArticlePage.objects.filter(unit=commune()).order_by("-pk")[0]
    root = Site.objects.get(root_page__unit=commune())

    def serve(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        from django.http import HttpResponse
        from django.template import Context

        parent = self.get_parent()
        context = {
            "page": self,
            "request": request,
            "menu": root.root_page.get_children().live(),
            "newest": parent.get_children().live().order_by("-first_published_at")[:20],
            "blocks": ["Ủy ban nhân dân xã thông báo. " * 20] * max(1, length // 800),
        }
        return HttpResponse(template.render(Context(context)))

    path = "/".join(page.url_path.split("/")[2:])
    client = Client(HTTP_HOST=root.hostname)
    with (
        override_settings(MIDDLEWARE=middleware, ROOT_URLCONF="wagtail.urls"),
        patch.object(ArticlePage, "serve", serve),
        stock_addresses(),
    ):
        assert client.get(f"/{path}").status_code == 200
        yield partial(client.get, f"/{path}")


def measure_weight(recorder: Recorder) -> None:
    """The HTML of home pages of all tiers, before compression."""
    unit = commune()
    district = unit.ancestors(world.ON).last()
    assert district is not None
    for name, owner in (("commune", unit), ("district", district), ("province", world.province())):
        size = len(reader_of(owner).get("/").content)
        recorder.add(f"HTML of a {name}'s home page", size, "bytes", goal=HOME_BYTES)


def measure_export(recorder: Recorder) -> None:
    """Static copies of one commune and of all 220 sites, into a folder that is thrown away."""
    import tempfile

    from cms.export.actions import ExportAction

    for name, code, goal in (
        ("one commune", world.COMMUNE, EXPORT_ONE),
        ("220 sites", world.PROVINCE, EXPORT_ALL),
    ):
        with tempfile.TemporaryDirectory() as folder:
            action = ExportAction(code, Path(folder))
            seconds = timed(action.execute)
            note = f"{action.report.pages:,} pages"
            recorder.add(f"export_static of {name}", seconds, "s", goal=goal, note=note)
