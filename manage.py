#!/usr/bin/env python
"""Django's command line for the portal; starts the embedded database when none is named."""

import os
import sys


def find_database() -> None:
    """Take the services that `make up` or `make demo` runs, or start the embedded database."""
    from tools import postgres, services

    os.environ.setdefault("LIENCAP_ENV", "demo")
    for name, value in services.running().items():
        os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = postgres.ensure_running()


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    if "DATABASE_URL" not in os.environ:
        find_database()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
