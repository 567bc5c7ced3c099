#!/usr/bin/env python
"""Django's command line for the portal; starts the embedded database when none is named."""

import json
import os
import sys
from pathlib import Path

RUNNING_SERVICES = Path(__file__).resolve().parent / "var" / "run" / "services.json"


def join_running_services() -> None:
    """Take the addresses of the services that `make up` or `make demo` has started."""
    if not RUNNING_SERVICES.exists():
        return
    for name, value in json.loads(RUNNING_SERVICES.read_text()).items():
        os.environ.setdefault(name, str(value))


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    if "DATABASE_URL" not in os.environ:
        os.environ.setdefault("LIENCAP_ENV", "demo")
        join_running_services()
    if "DATABASE_URL" not in os.environ:
        from tools.postgres import ensure_running

        os.environ["DATABASE_URL"] = ensure_running()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
