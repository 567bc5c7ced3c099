"""Recurring work on documents."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from cms.listings.queries import STATE_CASE
from search.index.outbox import queue_pages

from .validity import STATE_NAMES

# What lists know of a document today, where the search still says something else.
OUTDATED = f"""
    SELECT e.page_id FROM listings_entry e
    JOIN search_index_searchdocument s ON s.page_id = e.page_id
    JOIN unnest(%(states)s::text[], %(names)s::text[]) AS k(state, name) ON k.state = {STATE_CASE}
    WHERE e.type = 'document' AND e.token LIKE 'own:%%' AND s.validity <> k.name
"""  # noqa: S608 (fragments of ours; values are parameters)


@task()
def refresh_validity() -> None:
    """Let the search learn of every document whose state changed with the date.

    One query over all documents; what was missed while no worker ran is found as well.
    """
    with override(settings.LANGUAGE_CODE):
        names = {str(state): str(name) for state, name in STATE_NAMES.items()}
    parameters: dict[str, Any] = {
        "today": timezone.localdate(), "states": list(names), "names": list(names.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(OUTDATED, parameters)
        outdated = [page_id for (page_id,) in cursor.fetchall()]
    queue_pages(outdated)
