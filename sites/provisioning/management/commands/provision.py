"""`manage.py provision --under CODE [--on DATE] [--blueprint NAME] [--json]`"""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from cms.commands import JsonCommand
from cms.progress import ProgressBar
from sites.provisioning.actions import ProvisionAction


class Command(JsonCommand):
    help = "Make the sites of a unit and of everything below it."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which units, as they stood when, from which blueprint."""
        parser.add_argument("--under", required=True, metavar="CODE")
        parser.add_argument("--on", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--blueprint", metavar="NAME")

    def run(self, **options: Any) -> dict[str, object]:
        """Make what is missing."""
        bar = ProgressBar(self.stderr, "sites")
        report = ProvisionAction(
            under=options["under"],
            on=options["on"],
            blueprint=options["blueprint"],
            progress=bar.show,
        ).execute()
        bar.finish()
        for failure in report.failed:
            self.say(f"{failure['code']}: {failure['error']}")
        self.say(
            f"{report.created} sites created, {report.unchanged} there already, "
            f"{len(report.failed)} failed, {report.seconds} s."
        )
        return asdict(report)

    def failed(self, result: dict[str, object]) -> bool:
        """A unit without its site is a failure, though the others have theirs."""
        return bool(result["failed"])
