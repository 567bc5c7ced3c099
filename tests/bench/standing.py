"""`python -m tests.bench.standing [traffic] [size] [changes] [rebuild]`: the search of the
installation in `DATABASE_URL` as it stands, of any size, through `ELASTICSEARCH_URL` if there is
one. Without names the first two, which change nothing; `changes` writes a word into 1,000 titles.
"""

from __future__ import annotations

import os
import sys

PARTS = ("traffic", "size", "changes", "rebuild")


def main() -> int:
    """Measure and print a table; returns the exit status."""
    chosen = sys.argv[1:] or PARTS[:2]
    if unknown := set(chosen) - set(PARTS):
        print(f"There is no part {', '.join(sorted(unknown))}.\n{__doc__}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django

    django.setup()
    from . import report, search
    from .harness import Measurement, Recorder

    found: list[Measurement] = []
    recorder, environment = Recorder("search", found), dict(os.environ)
    if "traffic" in chosen:
        search.measure_traffic(environment, recorder)
    if "size" in chosen:
        search.measure_size(recorder)
    if "changes" in chosen:
        search.measure_changes(environment, recorder)
    if "rebuild" in chosen:
        search.measure_rebuild(environment, recorder)
    print(report.table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
