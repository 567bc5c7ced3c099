"""`python -m tests.bench.writer WAY RATE COUNT`: put a word of its own into the title of so many
articles, so many a second; a line `word seconds` for each, when it is committed.

The seconds are of the machine's monotonic clock. In a process of its own: readers wait for theirs.
"""

from __future__ import annotations

import os
import random
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.articles.models import ArticlePage


class Way(StrEnum):
    """How an article is changed."""

    BULK = "written as bulk actions do"
    SAVED = "saved one by one"


def main() -> int:
    """Write; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django

    django.setup()
    from cms.articles.models import ArticlePage

    way, rate, count = Way(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    write = _save if way is Way.SAVED else _update
    mark = "".join(random.choices("bcdghklmnpqrstvx", k=8))  # noqa: S311
    ids = ArticlePage.objects.filter(live=True).order_by("-pk").values_list("pk", flat=True)
    pages = ArticlePage.objects.filter(pk__in=list(ids[:count])).iterator(200)
    started = time.monotonic()
    for number, page in enumerate(pages):
        time.sleep(max(0.0, started + number / rate - time.monotonic()))
        page.title = f"{page.title[:200]} {mark}{number}"
        write(page)
        print(f"{mark}{number}", time.monotonic(), flush=True)
    return 0


def _save(page: ArticlePage) -> None:
    page.save()


def _update(page: ArticlePage) -> None:
    from django.db import transaction

    from search.index.outbox import queue_pages

    with transaction.atomic():
        type(page)._base_manager.filter(pk=page.pk).update(title=page.title)
        queue_pages([page.pk])


if __name__ == "__main__":
    sys.exit(main())
