"""Which files a page links: read from its stored data by the definition of its fields.

Wagtail's reference index would need a task of its own before it knows; this is exact at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Field, ForeignKey, Model
from modelcluster.models import get_all_child_relations
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock, RichTextBlock
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField

from cms.media.models import PortalDocument

_LINK = re.compile(r"<a\b[^<>]*\blinktype=\"document\"[^<>]*>")
_ID = re.compile(r"\bid=\"(\d{1,18})\"")


def linked_files(pages: Sequence[Model]) -> dict[int, list[int]]:
    """The ids of the files that each page links, in their order, by page id.

    All pages are of one type. One query per kind of child that has files (an inline panel).
    """
    found: dict[int, dict[int, None]] = defaultdict(dict)
    if not pages:
        return {}
    fields = [field for field in type(pages[0])._meta.concrete_fields if _may_link(field)]
    for page in pages:
        for field in fields:
            found[page.pk].update(dict.fromkeys(_of_field(field, page)))
    for page_id, document_id in _of_children(pages):
        found[page_id][document_id] = None
    return {page_id: list(ids) for page_id, ids in found.items() if ids}


def _may_link(field: Field) -> bool:
    return isinstance(field, StreamField | RichTextField) or _is_file(field)


def _is_file(field: Field) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is PortalDocument


def _of_field(field: Field, page: Any) -> Iterator[int]:
    value = getattr(page, field.attname)
    if not value:
        return
    if isinstance(field, StreamField):
        yield from _of_block(field.stream_block, list(value.raw_data))
    elif isinstance(field, RichTextField):
        yield from _of_text(value)
    else:
        yield int(value)


def _of_children(pages: Sequence[Model]) -> Iterator[tuple[int, int]]:
    """`(page id, document id)` of children that stand in a table of their own."""
    for relation in get_all_child_relations(type(pages[0])):
        child = relation.related_model
        names = [field.attname for field in child._meta.concrete_fields if _is_file(field)]
        if not names:
            continue
        parent = relation.field.attname
        rows = child._base_manager.filter(**{f"{parent}__in": [page.pk for page in pages]})
        ordered = rows.order_by("sort_order" if hasattr(child, "sort_order") else "pk")
        for page_id, *ids in ordered.values_list(parent, *names):
            yield from ((page_id, pk) for pk in ids if pk)


def _of_block(block: Block, value: Any) -> Iterator[int]:
    """The files in the stored value of a block."""
    for kind, read in _READERS:
        if isinstance(block, kind):
            yield from read(block, value)
            return


def _of_chooser(block: Block, value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value


def _of_rich_text(block: Block, value: Any) -> Iterator[int]:
    yield from _of_text(value)


def _of_stream(block: Any, value: Any) -> Iterator[int]:
    for item in _dicts(value):
        if inner := block.child_blocks.get(item.get("type")):
            yield from _of_block(inner, item.get("value"))


def _of_struct(block: Any, value: Any) -> Iterator[int]:
    for name, inner in block.child_blocks.items() if isinstance(value, dict) else ():
        yield from _of_block(inner, value.get(name))


def _of_list(block: Any, value: Any) -> Iterator[int]:
    for item in value if isinstance(value, list) else ():
        yield from _of_block(block.child_block, _item(item))


def _of_table(block: Any, value: Any) -> Iterator[int]:
    if not isinstance(value, dict):
        return
    kinds = [block.child_blocks.get(column.get("type")) for column in _dicts(value.get("columns"))]
    for row in _dicts(value.get("rows")):
        for kind, cell in zip(kinds, row.get("values") or (), strict=False):
            if kind is not None:
                yield from _of_block(kind, cell)


_READERS: tuple[tuple[type[Block], Callable[[Any, Any], Iterator[int]]], ...] = (
    (DocumentChooserBlock, _of_chooser),
    (RichTextBlock, _of_rich_text),
    (BaseStreamBlock, _of_stream),
    (BaseStructBlock, _of_struct),
    (ListBlock, _of_list),
    (BaseTypedTableBlock, _of_table),
)


def _item(item: Any) -> Any:
    """The value of an entry of a list; lists of before Wagtail 2.16 hold bare values."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def _dicts(value: Any) -> Iterable[dict[str, Any]]:
    return (item for item in value or () if isinstance(item, dict))


def _of_text(value: Any) -> Iterator[int]:
    for link in _LINK.findall(value) if isinstance(value, str) else ():
        if found := _ID.search(link):
            yield int(found[1])
