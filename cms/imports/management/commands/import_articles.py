"""`manage.py import_articles FILE (--unit CODE | --under CODE --tier TIER) [--json]`"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cms.commands import JsonCommand
from cms.imports.actions import ImportArticlesAction
from sites.units.models import AdministrativeUnit, Tier

SHOWN_FAILURES = 20


class Command(JsonCommand):
    help = "Import articles of an old portal from JSON Lines, plain or gzipped."

    def add_options(self, parser: ArgumentParser) -> None:
        """The file, and where its articles go."""
        parser.add_argument("file", type=Path)
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--unit", metavar="CODE")
        place.add_argument("--under", metavar="CODE")
        parser.add_argument("--tier", choices=Tier.values, default=Tier.COMMUNE)

    def run(self, **options: Any) -> dict[str, object]:
        """Import, and say which lines were left out."""
        find = AdministrativeUnit.objects.with_code
        if options["unit"]:
            units = [find(options["unit"])]
        else:
            units = list(find(options["under"]).descendants().filter(tier=options["tier"]))
        report = ImportArticlesAction(
            options["file"], units, progress=lambda done: self.say(f"{done:>8,} articles")
        ).execute()
        for failure in report.failed[:SHOWN_FAILURES]:
            self.say(f"line {failure['line']}: {failure['error']}")
        if len(report.failed) > SHOWN_FAILURES:
            self.say(f"… and {len(report.failed) - SHOWN_FAILURES} more lines left out.")
        self.say(
            f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
            f"{len(report.failed)} left out, {report.seconds} s."
        )
        return asdict(report)

    def failed(self, result: dict[str, Any]) -> bool:
        """Bad lines are reported; only a file with no good line at all is a failure."""
        done = result["created"] + result["updated"] + result["unchanged"]
        return bool(result["failed"]) and not done
