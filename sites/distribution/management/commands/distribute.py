"""`manage.py distribute PAGE --audience TOKEN [--audience …] --policy POLICY [--json]`"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from cms.commands import JsonCommand
from sites.distribution.actions import PushAction
from sites.distribution.lookup import find_page
from sites.distribution.measuring import counted_queries
from sites.distribution.models import Policy


class Command(JsonCommand):
    help = "Distribute a published page to an audience, or change how it is distributed."

    def add_options(self, parser: ArgumentParser) -> None:
        """The page, the audience and the policy."""
        parser.add_argument("page", help="id or full address of the page")
        parser.add_argument("--audience", action="append", required=True, metavar="TOKEN")
        parser.add_argument("--policy", choices=Policy.values, required=True)

    def run(self, **options: Any) -> dict[str, object]:
        """Push and measure."""
        page = find_page(options["page"])
        started = time.monotonic()
        with counted_queries() as queries:
            action = PushAction(page, options["audience"], options["policy"])
            distribution = action.execute()
        seconds = round(time.monotonic() - started, 4)
        self.say(f"Distribution {distribution.pk} reaches {action.receivers} sites.")
        return {
            "distribution": distribution.pk,
            "units": action.receivers,
            "queries": queries.count,
            "seconds": seconds,
        }
