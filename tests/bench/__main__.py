"""`python -m tests.bench [SUBJECT …] [--keep] [--reuse]`: measure, print a table, write JSON.

Needs `DATABASE_URL` (with the right to create databases) and, for the figures of search,
`ELASTICSEARCH_URL`. A missed goal is told in the table; the exit status is 1 for errors only.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

SUBJECTS = (
    "push",
    "arrival",
    "urls",
    "home",
    "explorer",
    "pages",
    "documents",
    "search",
    "footprint",
)
NEED_ALL_SITES = {"push", "arrival", "urls", "home", "explorer", "provision"}
ALWAYS = ("provision", "import")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT",
        help=f"only these: {', '.join((*ALWAYS, *SUBJECTS))} (default: all)",
    )  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="leave the databases for --reuse")
    parser.add_argument("--reuse", action="store_true", help="use the databases of a kept run")
    chosen = parser.parse_args()
    if unknown := set(chosen.subjects) - {*SUBJECTS, *ALWAYS}:
        parser.error(f"there is no subject {', '.join(sorted(unknown))}")
    return chosen


def main() -> int:
    """Run; returns the exit status."""
    options = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    os.environ.setdefault("LIENCAP_ENV", "test")
    # An index of our own: others may use the same search node.
    os.environ["ELASTICSEARCH_INDEX"] = "liencap-bench"
    import django

    django.setup()
    from . import databases

    try:
        return run(options)
    finally:
        if not (options.keep or options.reuse):
            databases.clear_away()


def run(options: argparse.Namespace) -> int:
    """Build the installations, measure the chosen subjects, report."""
    from importlib import import_module

    from django.conf import settings

    from . import report, world
    from .harness import Measurement, Recorder, say, survived

    started = time.monotonic()
    about: dict[str, Any] = {
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "machine": world.machine(),
    }
    chosen = options.subjects or [*ALWAYS, *SUBJECTS]
    found: list[Measurement] = []
    failed: list[str] = []
    if set(chosen) == {"footprint"}:
        built = world.World("", "")
    elif options.reuse:
        built = world.reuse()
    else:
        say("Build the installations · provisioning and import are measured on the way")
        small, imported = Recorder("provision", found), Recorder("import", found)
        large = small if NEED_ALL_SITES & set(chosen) else None
        built = world.build(small, large, imported)
    for subject in [name for name in SUBJECTS if name in chosen]:
        say(f"  Measure {subject}")
        with survived(subject, failed):
            import_module(f"tests.bench.{subject}").measure(built, Recorder(subject, found))
    about |= {
        "failed": failed,
        "load_average_at_end": os.getloadavg(),
        "seconds": round(time.monotonic() - started),
    }
    report.write(settings.VAR_DIR / "bench.json", found, about)
    print(report.table(found))
    print(f"\n{report.summary(found)} {about['seconds']} s in all. Everything: var/bench.json")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
