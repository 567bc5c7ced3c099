"""What a site shows of a tag: its own pages and those that levels above sent, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import connection

from cms.listings.keeping import own_token
from cms.listings.queries import NOT_HIDDEN, ONCE, SHOWS, decisions_of
from sites.distribution.queries import Shown
from sites.units.models import AdministrativeUnit

from .models import Tag

JOINED = "FROM tags_taggedentry t JOIN listings_entry e ON e.id = t.entry_id"
OWN_OR_SENT = f"""
    t.tag_id = %(tag)s AND t.token = ANY(%(all_tokens)s) AND {SHOWS}
    AND (e.token = %(own)s OR (TRUE {ONCE} {NOT_HIDDEN}))
"""
TAKEN = f"""
    t.tag_id = %(tag)s AND e.page_id = ANY(%(taken)s) AND e.token LIKE 'own:%%' AND {SHOWS}
"""


class TagShelf:
    """The pages with one tag that a unit's site shows, over all its sections."""

    def __init__(self, unit: AdministrativeUnit, tag: Tag) -> None:
        self._unit = unit
        self._tag = tag
        self._decisions = decisions_of(unit)

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        own, tokens = own_token(self._unit.pk), self._unit.tokens()
        return {
            "tag": self._tag.pk, "own": own, "tokens": tokens, "all_tokens": [own, *tokens],
            "hidden": self._decisions["hidden"], "taken": self._decisions["taken"],
        }  # fmt: skip

    def count(self) -> int:
        """How many pages there are. One query."""
        counts = (f"SELECT count(*) {JOINED} WHERE {where}" for where in self._conditions())
        return sum(count for (count,) in self._fetch(" UNION ALL ".join(counts)))

    def page(self, limit: int, offset: int = 0) -> list[Shown]:
        """One page of the list, the newest first. One query."""
        columns = "SELECT e.page_id, e.dated::timestamptz, e.distribution_id"
        newest = f"ORDER BY e.dated DESC, e.page_id DESC LIMIT {limit + offset}"
        parts = (f"({columns} {JOINED} WHERE {where} {newest})" for where in self._conditions())
        union = " UNION ALL ".join(parts)
        order = f"ORDER BY 2 DESC, 1 DESC LIMIT {limit} OFFSET {offset}"
        rows = self._fetch(f"SELECT * FROM ({union}) u {order}")  # noqa: S608 (constant text)
        taken_by = dict(zip(self._decisions["taken"], self._decisions["taken_by"], strict=True))
        return [Shown(pk, dated, by or taken_by.get(pk)) for pk, dated, by in rows]

    def _conditions(self) -> list[str]:
        return [OWN_OR_SENT, TAKEN] if self._decisions["taken"] else [OWN_OR_SENT]

    def _fetch(self, sql: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self._parameters)
            return cursor.fetchall()


def tags_of(page: Any) -> list[Tag]:
    """The tags of a page in the order of their addresses; in a preview those being tried."""
    return sorted(page.tags.all(), key=lambda tag: tag.slug)


def names_by_page(page_ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the tags of some pages, by page id. One query."""
    found: dict[int, list[str]] = {}
    rows = Tag.objects.filter(page_tags__content_object__in=list(page_ids)).order_by("slug")
    for page_id, name in rows.values_list("page_tags__content_object_id", "name"):
        found.setdefault(page_id, []).append(name)
    return found
