"""`manage.py recall DISTRIBUTION --reason REASON [--note TEXT] [--json]`"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from cms.commands import JsonCommand
from sites.distribution import audience
from sites.distribution.actions import RecallAction
from sites.distribution.measuring import counted_queries
from sites.distribution.models import Distribution, RecallReason


class Command(JsonCommand):
    help = "Take a distributed item back from every site at once."

    def add_options(self, parser: ArgumentParser) -> None:
        """Which distribution, and why."""
        parser.add_argument("distribution", type=int)
        parser.add_argument("--reason", choices=RecallReason.values, required=True)
        parser.add_argument("--note", default="")

    def run(self, **options: Any) -> dict[str, object]:
        """Recall and measure."""
        distribution = Distribution.objects.select_related("page").get(pk=options["distribution"])
        started = time.monotonic()
        with counted_queries() as queries:
            RecallAction(distribution, options["reason"], options["note"]).execute()
        seconds = round(time.monotonic() - started, 4)
        units = audience.count_receivers(distribution.audience)
        self.say(f"Recalled from {units} sites.")
        return {
            "distribution": distribution.pk,
            "units": units,
            "queries": queries.count,
            "seconds": seconds,
        }
