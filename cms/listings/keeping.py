"""Keep the rows that lists are read from in step with pages, distributions and restrictions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import PageViewRestriction

from cms.basepage.models import BasePage
from sites.distribution.models import Distribution

from . import kinds
from .models import Entry

# Sent inside the transaction. Argument: page_ids (list), whose rows are up to date now.
entries_kept = Signal()

BATCH = 1000
KEY = ("page", "token")
UPDATED = [
    field.name for field in Entry._meta.concrete_fields if field.name not in ("id", *KEY)
]  # fmt: skip


def own_token(unit_id: int) -> str:
    """The token of a unit's own pages; no audience token looks like it."""
    return f"own:{unit_id}"


def keep(page_ids: Iterable[int]) -> None:
    """Bring the rows of some pages up to date. A constant number of queries per thousand pages."""
    unique = dict.fromkeys(page_ids)
    for start in range(0, len(unique), BATCH):
        _keep(list(unique)[start : start + BATCH])


@transaction.atomic
def _keep(page_ids: list[int]) -> None:
    entries = list(_entries(page_ids))
    wanted = {(entry.page_id, entry.token) for entry in entries}
    stored = Entry.objects.filter(page_id__in=page_ids).values_list("pk", "page_id", "token")
    gone = [pk for pk, page_id, token in stored if (page_id, token) not in wanted]
    if gone:
        Entry.objects.filter(pk__in=gone).delete()
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=KEY, update_fields=UPDATED, batch_size=BATCH
    )
    entries_kept.send(sender=Entry, page_ids=page_ids)


def _entries(page_ids: list[int]) -> Iterator[Entry]:
    """The rows that pages should have: none for drafts and private pages."""
    heads = _readable(page_ids)
    values = _values(heads)
    standing = {
        item.page_id: item for item in Distribution.objects.standing().filter(page_id__in=heads)
    }
    for pk, head in heads.items():
        if pk not in values:
            continue
        said = values[pk] | {"page_id": pk, "section_id": head["section_id"]}
        until = head["expire_at"]
        yield Entry(token=own_token(head["unit_id"]), shows_until=until, **said)
        if pk in standing:
            yield from _received(standing[pk], until, said)


def _received(item: Distribution, until: Any, said: dict[str, Any]) -> Iterator[Entry]:
    ends = [moment for moment in (until, item.ends_at) if moment]
    for token in dict.fromkeys(item.audience):
        yield Entry(
            token=token,
            distribution_id=item.pk,
            policy=item.policy,
            several=len(item.audience) > 1,
            shows_from=item.starts_at,
            shows_until=min(ends, default=None),
            **said,
        )


def _readable(page_ids: list[int]) -> dict[int, dict[str, Any]]:
    """What the base table holds of those pages that everybody may read. Two queries."""
    pages = BasePage.objects.order_by()
    pages = pages.filter(pk__in=page_ids, live=True, listed=True, unit__isnull=False)
    private = tuple(PageViewRestriction.objects.order_by().values_list("page__path", flat=True))
    columns = ("pk", "path", "unit_id", "section_id", "content_type_id", "expire_at")
    return {
        head["pk"]: head for head in pages.values(*columns) if not head["path"].startswith(private)
    }


def _values(heads: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What the page types say, by page id. One query per type."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, head in heads.items():
        by_type[head["content_type_id"]].append(pk)
    found: dict[int, dict[str, Any]] = {}
    for content_type_id, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None or not issubclass(model, BasePage):
            continue
        for pk, said in kinds.values_of(model, pks).items():
            found[pk] = {name: value for name, value in said.items() if value is not None}
            found[pk]["type"] = model.type_name()
    return found
