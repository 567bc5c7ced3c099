"""`manage.py export_static --under CODE [--out FOLDER] [--json]`"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.commands import JsonCommand
from cms.export.actions import ExportAction
from cms.progress import ProgressBar


class Command(JsonCommand):
    help = "Write static copies of the essential pages of a unit's site and of all below it."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which sites, and where to."""
        parser.add_argument("--under", required=True, metavar="CODE")
        parser.add_argument(
            "--out", type=Path, default=settings.VAR_DIR / "export", metavar="FOLDER",
            help="a folder per host is made in it (default: var/export)",
        )  # fmt: skip

    def run(self, **options: Any) -> dict[str, object]:
        """Write; sites that fail keep their former copy."""
        bar = ProgressBar(self.stderr, "sites")
        report = ExportAction(options["under"], options["out"], bar.show).execute()
        bar.finish()
        for failure in report.failed:
            self.say(f"{failure['host']}: {failure['error']}")
        self.say(
            f"{report.sites} sites, {report.pages} pages, {report.files} files, "
            f"{len(report.failed)} failed, {report.seconds} s: {options['out']}"
        )
        return asdict(report)

    def failed(self, result: dict[str, object]) -> bool:
        """A site without a fresh copy is a failure, though the others have theirs."""
        return bool(result["failed"])
