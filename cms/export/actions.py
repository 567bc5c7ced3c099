"""Writing static copies of sites, which a web server shows while the portal is down."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.home.models import SiteHomePage
from cms.outages.models import PlannedOutage
from cms.outages.queries import affecting
from cms.outages.queries import load as load_outages
from sites.hosts.registry import Portal, host_map
from sites.units.models import AdministrativeUnit

from .copying import SharedFiles, SiteFolder
from .links import MISSING, loads_of, loads_of_style, local_path, rewritten
from .planning import addresses_of
from .rendering import Renderer

logger = logging.getLogger("liencap.export")
NEEDED_BYTES = 200_000_000
RESUMED_WITHIN = 24 * 3600
WORTH_PROCESSES = 8  # sites; starting a process takes as long as copying one
Progress = Callable[[int, int], None]


@dataclass
class ExportReport:
    """What an export wrote; `failed` names hosts with the reason, their old copies stay."""

    sites: int = 0
    pages: int = 0
    files: int = 0
    bytes: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, part: ExportReport) -> None:
        """Count what was written for one site."""
        self.sites += part.sites
        self.pages += part.pages
        self.files += part.files
        self.bytes += part.bytes
        self.failed += part.failed


@dataclass
class ExportAction:
    """Static copies of the sites of a unit and of everything below it.

    A site appears whole or not at all. An interrupted run is resumed: sites that it finished in
    the last day are left alone.
    """

    under: str
    out: Path
    progress: Progress = lambda done, total: None
    report: ExportReport = field(default_factory=ExportReport)

    def check(self) -> None:
        """Raise ValidationError when nothing can be exported, or not there."""
        if self.out.exists() and not self.out.is_dir():
            raise ValidationError(f"{self.out} is no folder.")
        self.out.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.out).free < NEEDED_BYTES:
            raise ValidationError(f"There is less than 200 MB of room in {self.out}.")

    def execute(self) -> ExportReport:
        """Write all copies. Raises AdministrativeUnit.DoesNotExist for an unknown code."""
        started = time.monotonic()
        self.check()
        units = self._units()
        finished = self._read_state()
        waiting = [pair for pair in units if pair[0].hostname not in finished]
        for host, part in self._results(waiting):
            self.report.add(part)
            finished.append(host)
            self._write_state(finished)
            self.progress(len(finished), len(units))
        self._state.unlink(missing_ok=True)
        SharedFiles(self.out).prune()
        self.report.seconds = round(time.monotonic() - started, 2)
        return self.report

    def _results(
        self, waiting: list[tuple[Portal, AdministrativeUnit]]
    ) -> Iterator[tuple[str, ExportReport]]:
        """Each host with what was written for it; many are shared out among the processors."""
        if len(waiting) < WORTH_PROCESSES:
            for portal, unit in waiting:
                yield portal.hostname, self._export(portal, unit)
            return
        spawn = multiprocessing.get_context("spawn")  # a copy of this process would share its
        with ProcessPoolExecutor(  # connection to the database
            os.cpu_count(), mp_context=spawn, initializer=django.setup
        ) as pool:
            orders = {
                pool.submit(export_site, self.under, self.out, unit.pk): portal.hostname
                for portal, unit in waiting
            }
            for order in as_completed(orders):
                yield orders[order], order.result()

    def _units(self) -> list[tuple[Portal, AdministrativeUnit]]:
        unit = AdministrativeUnit.objects.with_code(self.under)
        rows = AdministrativeUnit.objects.filter(path__startswith=unit.path)
        portals = host_map(recheck=True).by_unit
        found = [(portals[row.pk], row) for row in rows.order_by("path") if row.pk in portals]
        if not found:
            raise ValidationError(f"No site exists under {self.under}.")
        return found

    # ------------------------------------------------------------------------------- one site

    def _export(self, portal: Portal, unit: AdministrativeUnit) -> ExportReport:
        folder = SiteFolder(self.out, portal.hostname)
        try:
            pages = self._write_pages(portal, unit, folder)
            folder.publish()
        except Exception as error:
            folder.abandon()
            logger.exception("The copy of %s could not be written.", portal.hostname)
            return ExportReport(failed=[{"host": portal.hostname, "error": str(error)}])
        return ExportReport(1, pages, folder.files, folder.bytes)

    @cached_property
    def shared(self) -> SharedFiles:
        """The files that sites have in common."""
        return SharedFiles(self.out)

    @cached_property
    def renderer(self) -> Renderer:
        """Answers for the portal."""
        return Renderer()

    @cached_property
    def outages(self) -> list[PlannedOutage]:
        """What is announced."""
        return load_outages()

    def _write_pages(self, portal: Portal, unit: AdministrativeUnit, folder: SiteFolder) -> int:
        """Render what is essential, then write it with links that work; returns the pages."""
        rendered = self._render(portal, addresses_of(portal, unit))
        notes = self._own_pages(portal, unit, rendered)
        known = {*rendered, *notes, "/"}
        with override(settings.LANGUAGE_CODE):
            moment = timezone.localtime().strftime("%H:%M %d/%m/%Y")
            note = _(
                "You are reading a copy of this site made at %(moment)s. The site itself cannot "
                "answer at the moment: search and forms do not work, and older pages are missing."
            ) % {"moment": moment}
        loads: set[str] = set()
        documents: set[str] = set()

        def is_there(path: str) -> bool:
            if path.startswith("/documents/"):
                documents.add(path)
                return True
            return path in known or self.shared.is_shared(path)

        for path, html in (rendered | notes).items():
            loads |= loads_of(html)
            folder.write(path, rewritten(html, portal.root_url, is_there, note).encode())
        self._write_files(portal, folder, loads | documents)
        folder.write("/503.html", maintenance_page(portal, unit, self._outage(unit)).encode())
        return len(rendered)

    def _render(self, portal: Portal, paths: list[str]) -> dict[str, str]:
        """The pages that answer with 200; one that is gone meanwhile is left out."""
        found = {}
        for path in dict.fromkeys(paths):
            status, kind, body = self.renderer.get(portal, path)
            if status == 200 and kind.startswith("text/html"):
                found[path] = body.decode()
            elif status >= 500 or path == "/":
                raise RuntimeError(f"{path} answered {status}.")
        return found

    def _own_pages(
        self, portal: Portal, unit: AdministrativeUnit, rendered: dict[str, str]
    ) -> dict[str, str]:
        """Pages that only the copy has, in the dress of the site map: they explain."""
        tree = rendered["/so-do/"]
        head, rest = tree.split("<main", 1)
        opening, rest = rest.split(">", 1)
        tail = rest.split("</main>", 1)[1]
        with override(settings.LANGUAGE_CODE):
            context = {"home": SiteHomePage.objects.get(pk=portal.root_page_id), "unit": unit}
            search = render_to_string("export/no_search.html", context)
            missing = render_to_string("export/not_in_copy.html", context)
        wrap = f"{head}<main{opening}>"
        pages = {"/tim-kiem/": search, MISSING: missing, "/404.html": missing}
        pages |= {
            f"/{code}/tim-kiem/": search
            for code, _name in settings.LANGUAGES
            if code != settings.LANGUAGE_CODE
        }
        return {path: f"{wrap}{inner}</main>{tail}" for path, inner in pages.items()}

    def _write_files(self, portal: Portal, folder: SiteFolder, paths: set[str]) -> None:
        """Everything that pages and style sheets load; what is lost is left out and told."""
        waiting, done = set(paths), set()
        while waiting:
            path = waiting.pop()
            done.add(path)
            styles = ""
            if self.shared.is_shared(path):
                if not self.shared.put(path, folder.version):
                    logger.warning("%s: the file %s does not exist.", portal.hostname, path)
                    continue
                styles = self.shared.text(path) if path.endswith(".css") else ""
            else:
                status, _kind, body = self.renderer.get(portal, path)
                if status != 200:
                    logger.warning("%s: %s answered %s.", portal.hostname, path, status)
                    continue
                folder.write(path, body)
            waiting |= {local_path(found) for found in loads_of_style(path, styles)} - done - {""}

    def _outage(self, unit: AdministrativeUnit) -> object:
        return affecting(self.outages, unit, timezone.now())

    # ------------------------------------------------------------------------------- resuming

    @property
    def _state(self) -> Path:
        return self.out / f".unfinished-{self.under}.json"

    def _read_state(self) -> list[str]:
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        is_fresh = time.time() - state["started"] < RESUMED_WITHIN
        return list(state["finished"]) if is_fresh else []

    def _write_state(self, finished: list[str]) -> None:
        started = time.time()
        self._state.write_text(json.dumps({"started": started, "finished": finished}))


def export_site(under: str, out: Path, unit_id: int) -> ExportReport:
    """Write one site's copy in a process of its own."""
    unit = AdministrativeUnit.objects.get(pk=unit_id)
    action = _actions.setdefault(out, ExportAction(under, out))
    return action._export(host_map().by_unit[unit_id], unit)


# What a process keeps from one site to the next: the stack of middleware, files already fetched.
_actions: dict[Path, ExportAction] = {}


def maintenance_page(portal: Portal, unit: AdministrativeUnit, outage: object) -> str:
    """`503.html` of a site: one file that loads nothing, in both languages."""
    home = SiteHomePage.objects.get(pk=portal.root_page_id)
    with override(settings.LANGUAGE_CODE):
        context = {"unit": unit, "home": home, "outage": outage}
        return render_to_string("export/503.html", context)
