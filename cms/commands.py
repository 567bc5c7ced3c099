"""What the management commands of the contract share: `--json`, and one way to refuse."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError

REFUSALS = (ValidationError, PermissionDenied, ObjectDoesNotExist)


class JsonCommand(BaseCommand):
    """A command that talks on standard error and, with `--json`, answers on standard output.

    Exit status: 0 done, 1 refused or failed with a reason on standard error, 2 wrong use.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--json` and the command's own options."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        self.add_options(parser)

    def add_options(self, parser: ArgumentParser) -> None:
        """Add the command's own options."""

    def run(self, **options: object) -> dict[str, object]:
        """Do the work and return what `--json` prints."""
        raise NotImplementedError

    def failed(self, result: dict[str, object]) -> bool:
        """Whether a result that was printed still means exit status 1."""
        return False

    def say(self, line: str) -> None:
        """Print progress or a remark where it cannot disturb the JSON."""
        self.stderr.write(line, self.style.NOTICE if line else None)

    def handle(self, *args: object, **options: object) -> None:
        """Run, print, and turn refusals into one line and exit status 1."""
        as_json = options.pop("json")
        try:
            result = self.run(**options)
        except REFUSALS as error:
            raise CommandError(reason_of(error), returncode=1) from error
        except ProgrammingError as error:
            if "does not exist" not in str(error):
                raise
            message = "The database has no tables of the portal yet: run manage.py migrate first."
            raise CommandError(message, returncode=1) from error
        if as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False, default=str))
        if self.failed(result):
            sys.exit(1)


def reason_of(error: Exception) -> str:
    """The sentences of a refusal, on one line."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or type(error).__name__
