"""The installation that is measured: with 220 sites, and a copy of it grown to 10,810."""

from __future__ import annotations

import datetime
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cms.articles.models import ArticlePage
from search.index import elastic
from search.index.models import IndexQueue, SearchOutbox
from sites.distribution.models import Distribution
from sites.people.models import Role, User
from sites.units.models import AdministrativeUnit
from tests.factories import make_article, make_person, push

from . import databases
from .articles import write_articles
from .children import python, run_child, running_worker
from .databases import LARGE, SMALL
from .harness import Recorder, say

# The last day on which the units of 2024 existed.
ON = datetime.date(2025, 6, 30)
PROVINCE, COMMUNE = "30", "10867"
ARTICLES = 12_000
PUSHED = 24
SECTIONS = ("tin-tuc", "chi-dao-dieu-hanh", "thong-bao")
DRAIN_SECONDS = 300


@dataclass(frozen=True, slots=True)
class World:
    """What subjects work with; `large` is empty when no chosen subject needs it."""

    small: str
    large: str

    def sizes(self) -> list[tuple[str, int]]:
        """The databases that are there, with their numbers of sites."""
        return [(name, sites) for name, sites in ((self.small, 220), (self.large, 10_810)) if name]

    @property
    def largest(self) -> str:
        """The database with the most sites."""
        return self.large or self.small


def province() -> AdministrativeUnit:
    """Hải Dương."""
    return AdministrativeUnit.objects.with_code(PROVINCE, ON)


def commune() -> AdministrativeUnit:
    """Thanh Sơn, a commune of Hải Dương."""
    return AdministrativeUnit.objects.with_code(COMMUNE, ON)


def editor(unit: AdministrativeUnit) -> User:
    """The editor of a unit; made once."""
    found = User.objects.filter(memberships__unit=unit).first()
    return found or make_person(unit, Role.EDITOR, username=f"bench-{unit.code}")


def superuser() -> User:
    """Someone who may push to everybody."""
    found = User.objects.filter(is_superuser=True).first()
    return found or make_person(None, username="bench-root")


def reader_of(unit: AdministrativeUnit) -> Any:
    """A browser on a unit's host."""
    from django.test import Client

    return Client(HTTP_HOST=unit.hostname)


@contextmanager
def fresh_articles(count: int, title: str) -> Iterator[list[ArticlePage]]:
    """New published articles of the province; afterwards nothing shows them anywhere."""
    made = [make_article(province(), f"{title} {n}", summary="Bài để đo.") for n in range(count)]
    try:
        yield made
    finally:
        ids = [page.pk for page in made]
        standing = Distribution.objects.standing().filter(page__in=ids)
        for distribution in standing:
            distribution.targets.all().delete()
        standing.update(recalled_at=timezone.now())
        ArticlePage.objects.filter(pk__in=ids).update(live=False)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo what the block wrote. Faster than separate commits, so it favours whoever is in it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --------------------------------------------------------------------------------- building it


def build(small: Recorder, large: Recorder | None, imported: Recorder) -> World:
    """Make the databases anew; what that takes are figures of their own."""
    databases.drop_index()
    databases.create(SMALL)
    databases.use(SMALL)
    say("  Migrate and load the units")
    call_command("migrate", verbosity=0)
    call_command("load_units", verbosity=0, stderr=_Quiet())
    provision_province(small)
    import_articles(imported)
    write_content()
    if large:
        databases.create(LARGE, template=SMALL)
        provision_country(large)
    for name in [SMALL, LARGE] if large else [SMALL]:
        databases.use(name)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return World(SMALL, LARGE if large else "")


class _Quiet:
    """A stream for output that is told elsewhere."""

    def write(self, *args: object) -> None:
        """Drop it."""


def provision_province(recorder: Recorder) -> None:
    """220 sites by the command of the contract, start of Python included."""
    say("  Provision Hải Dương")
    options = ["--under", PROVINCE, "--on", ON.isoformat(), "--json"]
    done = run_child(python("manage.py", "provision", *options), databases.environment_for(SMALL))
    made = json.loads(done.output)
    recorder.add(
        f"provision {made['created']} sites", done.seconds, "s", goal=45, note="whole command"
    )
    recorder.add("provision 220 sites, peak memory", done.peak, "MB")


def provision_country(recorder: Recorder) -> None:
    """The other 10,590 sites, province by province in one process."""
    say("  Provision the other 62 provinces")
    done = run_child(python("-m", "tests.bench.country"), databases.environment_for(LARGE))
    steps = json.loads(done.output)
    sites = steps[-1]["sites"]
    note = f"{done.cpu:.0f} s of CPU"
    recorder.add(f"provision {sites:,} sites", done.seconds, "s", goal=20 * 60, note=note)
    recorder.add(f"provision {sites:,} sites, peak memory", done.peak, "MB")
    early = next(step["peak"] for step in steps if step["sites"] >= 1000)
    recorder.add(
        f"memory after {sites:,} sites / after the first 1,000",
        steps[-1]["peak"] / early,
        "×",
        goal=1.2,
        note="flat",
    )


def import_articles(recorder: Recorder) -> None:
    """12,000 articles over 207 communes by the command of the contract, with a worker beside it."""
    say(f"  Import {ARTICLES:,} articles, a worker beside it")
    environment = databases.environment_for(SMALL)
    with tempfile.TemporaryDirectory() as folder, running_worker(environment) as worker:
        path = Path(folder) / "articles.jsonl.gz"
        write_articles(path, ARTICLES)
        wait_until_indexed()
        options = ["--under", PROVINCE, "--tier", "commune", "--json"]
        command = python("manage.py", "import_articles", str(path), *options)
        started = time.perf_counter()
        done = run_child(command, environment)
        wait_until_indexed()
        seconds = time.perf_counter() - started
    made = json.loads(done.output)["created"]
    assert made == ARTICLES, f"{made} articles were imported"
    engine = "Elasticsearch" if databases.is_on_elasticsearch() else "PostgreSQL"
    recorder.add(f"import {made:,} articles, searchable", seconds, "s", goal=120, note=engine)
    recorder.add(
        f"import {made:,} articles, the command alone",
        done.seconds,
        "s",
        note=f"{done.cpu:.0f} s of CPU",
    )
    recorder.add("import, peak memory of the command", done.peak, "MB", goal=500)
    recorder.add("import, peak memory of the worker", worker.peak, "MB", goal=500)


def wait_until_indexed() -> None:
    """Wait until every change is where search answers from. Raises TimeoutError."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while SearchOutbox.objects.exists() or IndexQueue.objects.exists() or not _has_index():
        if time.monotonic() > deadline:
            raise TimeoutError("The worker did not bring the index up to date in five minutes.")
        time.sleep(0.05)


def _has_index() -> bool:
    return not databases.is_on_elasticsearch() or bool(elastic.live_indices())


def write_content() -> None:
    """Articles of the province that the communes show, and the people who work with them."""
    say("  Write the province's articles")
    unit = province()
    codes = set(unit.pages.filter(section__isnull=False).values_list("section__code", flat=True))
    sections = [code for code in SECTIONS if code in codes] or ["tin-tuc"]
    for number in range(PUSHED):
        moment = timezone.now() - datetime.timedelta(hours=number)
        section = sections[number % len(sections)]
        page = make_article(unit, f"Tin của tỉnh {number}", section=section, public_at=moment)
        push(page, "under:30", policy=("mandatory", "recommended")[number % 2])
    editor(unit)
    editor(commune())
    superuser()


def reuse() -> World:
    """The databases that an earlier run with `--keep` left. Raises LookupError."""
    if not databases.exists(SMALL):
        raise LookupError("There is no database to use again; run once with --keep.")
    databases.use(SMALL)
    return World(SMALL, LARGE if databases.exists(LARGE) else "")


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    import platform

    import django
    import wagtail

    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.processor(),
    )  # fmt: skip
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cpus": os.cpu_count(),
        "cpu": model,
        "memory_gb": round(pages * size / 1e9, 1),
        "python": platform.python_version(),
        "django": django.__version__,
        "wagtail": wagtail.__version__,
        "postgresql": databases.server_version(),
        "elasticsearch": databases.is_on_elasticsearch(),
        "load_average": os.getloadavg(),
    }
