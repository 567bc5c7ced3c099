"""`manage.py load_units [--json]`"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict

from cms.commands import JsonCommand
from sites.units.loading import load_units


class Command(JsonCommand):
    help = "Load the administrative units of 2024 and 2025 and the reform between them."

    def add_options(self, parser: ArgumentParser) -> None:
        """No options of its own."""

    def run(self, **options: object) -> dict[str, object]:
        """Load, and say on standard error what is wrong in the data."""
        report = load_units()
        for problem in report.problems:
            self.say(problem)
        self.say(
            f"{report.created} units created, {report.updated} updated, "
            f"{report.unchanged} unchanged, {len(report.problems)} problems in the data."
        )
        return asdict(report)
