"""`manage.py search_files`"""

from __future__ import annotations

from argparse import ArgumentParser

from django.db.models import Count

from cms.commands import JsonCommand
from search.files.models import FileText
from search.files.work import mark_due, read_next, unread_ids


class Command(JsonCommand):
    """Read the files that were never read, such as those inserted in bulk, and those due."""

    help = "Read the text of attached files for the search"

    def add_options(self, parser: ArgumentParser) -> None:
        """Take whether to try again what could not be read."""
        parser.add_argument(
            "--retry", action="store_true", help="also those that could not be read before"
        )

    def run(self, **options: object) -> dict[str, object]:
        """Read until nothing is due; tell how many files are in which state."""
        mark_due(unread_ids(again=bool(options["retry"])))
        done = 0
        while read_next():
            done += 1
            if done % 100 == 0:
                self.say(f"{done:>8,} files")
        rows = FileText.objects.order_by("state").values_list("state").annotate(Count("pk"))
        states = {str(state): count for state, count in rows}
        self.say(f"{done} files read; " + ", ".join(f"{n} {state}" for state, n in states.items()))
        return {"read": done, "states": states}
