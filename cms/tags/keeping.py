"""Keep what pages of tags are read from in step with the rows of the lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

LEAVE = """
    DELETE FROM tags_taggedentry t USING listings_entry e
    WHERE e.id = t.entry_id AND e.page_id = ANY(%(pages)s)
    AND NOT EXISTS (SELECT 1 FROM tags_pagetag p
                    WHERE p.content_object_id = e.page_id AND p.tag_id = t.tag_id)
"""
ENTER = """
    INSERT INTO tags_taggedentry (tag_id, entry_id, token, dated)
    SELECT p.tag_id, e.id, e.token, e.dated
    FROM tags_pagetag p JOIN listings_entry e ON e.page_id = p.content_object_id
    WHERE p.content_object_id = ANY(%(pages)s)
    ON CONFLICT (entry_id, tag_id) DO UPDATE SET dated = excluded.dated
"""


@transaction.atomic
def keep(page_ids: Sequence[int]) -> None:
    """Bring the tags of the rows of some pages up to date. Two queries for any number."""
    with connection.cursor() as cursor:
        for statement in (LEAVE, ENTER):
            cursor.execute(statement, {"pages": list(page_ids)})
