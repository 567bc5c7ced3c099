#!/usr/bin/env python
"""Django's command line for the portal; starts the embedded database when none is named."""

import os
import sys


def find_services() -> None:
    """Take the services that `make up` or `make demo` runs, or start the embedded database."""
    from tools import postgres, services

    if os.environ.get("LIENCAP_ENV", "demo") == "demo":
        for name, value in services.running().items():
            os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        os.environ.setdefault("LIENCAP_ENV", "demo")
        os.environ["DATABASE_URL"] = postgres.ensure_running()


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    find_services()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
