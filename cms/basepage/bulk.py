"""Insert many pages at once.

Wagtail saves one page at a time (about 45 queries); Django's `bulk_create` refuses models with
a parent table. Provisioning 10,810 sites or importing an archive needs a constant number of
statements per batch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Max
from django.db.models.functions import Left, Length
from django.utils import timezone
from wagtail.models import Locale
from wagtail.search.backends import get_search_backend

from search.text import slugify

from .models import BasePage
from .signals import pages_changed
from .slugs import SLUG_LENGTH, first_free

STEP = BasePage.steplen
ADD_CHILDREN = """
    UPDATE basepage_basepage p SET numchild = numchild + n.added
    FROM unnest(%s::bigint[], %s::int[]) AS n(id, added) WHERE p.id = n.id
"""


@transaction.atomic
def insert_pages(pairs: Sequence[tuple[BasePage, BasePage]]) -> None:
    """Insert `(parent, new page)` pairs; parents are saved and stand at the same depth.

    New pages are live. Fills in place, slug, unit, section and dates, and sends `pages_changed`.
    Pages get no revision; their first edit makes one.
    """
    if not pairs:
        return
    parents = {parent.pk: parent for parent, _ in pairs}
    locked = BasePage.objects.order_by("pk").select_for_update().filter(pk__in=parents)
    list(locked.values_list("pk", flat=True))
    positions = _last_positions(parents.values())
    slugs = _slugs_in_use(parents.values())
    locale_id = Locale.get_default().pk
    by_model: dict[type[BasePage], list[BasePage]] = defaultdict(list)
    for parent, page in pairs:
        positions[parent.path] += 1
        step = BasePage._int2str(positions[parent.path])
        page.path = parent.path + step.rjust(STEP, BasePage.alphabet[0])
        page.locale_id = locale_id
        _fill(page, parent, slugs[parent.path])
        by_model[type(page)].append(page)
    for model, pages in by_model.items():
        _insert(model, pages)
    added = Counter(parent.pk for parent, _ in pairs)
    with connection.cursor() as cursor:
        cursor.execute(ADD_CHILDREN, [list(added), list(added.values())])
    pages_changed.send(sender=BasePage, page_ids=[page.pk for _, page in pairs])


def _fill(page: BasePage, parent: BasePage, taken: set[str]) -> None:
    page.depth = parent.depth + 1
    page.numchild = 0
    page.slug = _free_slug(slugify(page.slug or page.title, max_length=SLUG_LENGTH), taken)
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.draft_title = page.title
    page.listed = page.is_listed_type
    if parent.depth >= 2:
        page.unit_id = parent.unit_id
        if page.is_listed_type:
            page.section_id = parent.section_id
    now = timezone.now()
    page.live = True
    page.first_published_at = page.first_published_at or page.public_at or now
    page.last_published_at = page.last_published_at or now


def _free_slug(wanted: str, taken: set[str]) -> str:
    slug = first_free(wanted or "trang", lambda candidate: candidate not in taken)
    taken.add(slug)
    return slug


def _insert(model: type[BasePage], pages: list[BasePage]) -> None:
    """Insert the rows of the base table, then those of the page type's own table."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    for page in pages:
        page.content_type = content_type
    _insert_rows(BasePage, pages)
    link = model._meta.get_ancestor_link(BasePage)
    for page in pages:
        setattr(page, link.attname, page.id)
        page._state.adding = False
        page._state.db = connection.alias
    _insert_rows(model, pages)
    get_search_backend().add_bulk(model, pages)


def _insert_rows(model: type[models.Model], rows: Sequence[models.Model], batch: int = 500) -> None:
    key = model._meta.pk
    automatic = isinstance(key, models.AutoField)
    fields = [f for f in model._meta.local_concrete_fields if not (automatic and f is key)]
    for start in range(0, len(rows), batch):
        chunk = rows[start : start + batch]
        keys: list[Any] = model._base_manager.all()._insert(  # type: ignore[attr-defined]
            chunk, fields=fields, using=connection.alias, returning_fields=[key]
        )
        for row, (pk,) in zip(chunk, keys, strict=True):
            setattr(row, key.attname, pk)


def _last_positions(parents: Iterable[BasePage]) -> dict[str, int]:
    """The highest child position under each parent path. One query."""
    positions = {parent.path: 0 for parent in parents}
    parent_path = Left("path", Length("path") - STEP)
    rows = (
        BasePage.objects.order_by()
        .annotate(parent_path=parent_path)
        .filter(depth=_depth_below(positions), parent_path__in=positions)
        .values_list("parent_path")
        .annotate(last=Max("path"))
    )
    for path, last in rows:
        positions[path] = BasePage._str2int(last[-STEP:])
    return positions


def _slugs_in_use(parents: Iterable[BasePage]) -> dict[str, set[str]]:
    """The slugs of the children of each parent path. One query."""
    slugs: dict[str, set[str]] = {parent.path: set() for parent in parents}
    rows = (
        BasePage.objects.order_by()
        .annotate(parent_path=Left("path", Length("path") - STEP))
        .filter(depth=_depth_below(slugs), parent_path__in=slugs)
        .values_list("parent_path", "slug")
    )
    for path, slug in rows.iterator():
        slugs[path].add(slug)
    return slugs


def _depth_below(paths: Iterable[str]) -> int:
    return len(next(iter(paths))) // STEP + 1
