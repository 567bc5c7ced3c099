"""Keep what pages of tags are read from in step with the rows of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction

from search.index.outbox import queue_pages

from .models import PageTag, Tag, slug_of

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


@transaction.atomic
def tag_in_bulk(names: Mapping[int, Iterable[str]]) -> None:
    """Add tags to many pages that were inserted in bulk, by page id. A few queries in all."""
    wanted = {(pk, slug_of(name)): name for pk, given in names.items() for name in given}
    tags = [Tag(name=name, slug=slug) for (_, slug), name in wanted.items()]
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
    keys = dict(Tag.objects.filter(slug__in={tag.slug for tag in tags}).values_list("slug", "pk"))
    rows = [PageTag(content_object_id=pk, tag_id=keys[slug]) for pk, slug in wanted]
    PageTag.objects.bulk_create(rows, ignore_conflicts=True)
    pages = list(dict.fromkeys(pk for pk, _ in wanted))
    keep(pages)
    queue_pages(pages)
