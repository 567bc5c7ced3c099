"""What lists know of documents, and whom a published document changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Coalesce, Concat, Least
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.signals import page_published, page_unpublished

from cms.listings import kinds
from cms.listings.keeping import keep
from search.index.outbox import queue_pages

from .models import DocumentPage, DocumentRelation
from .relations import first_day_of, settle

ISSUER = Case(
    When(issuer__is_local=True, then=Concat("issuer__code", Value("."), "unit__code")),
    default=F("issuer__code"),
    output_field=CharField(),
)


def say_what_lists_know() -> None:
    """Kind, field, issuer, and the days between which a document is in force."""
    kinds.register(
        DocumentPage,
        kind=F("kind__code"),
        field=F("field__code"),
        issuer=ISSUER,
        dated=F("issued_on"),
        starts_on=Coalesce("effective_on", "issued_on"),
        ends_on=Least("expires_on", first_day_of(DocumentRelation.Kind.REPLACES)),
        changed_on=first_day_of(DocumentRelation.Kind.AMENDS),
    )


def document_published(instance: DocumentPage, **kwargs: Any) -> None:
    """Its numbers may name others, others may name it; those it acts on have a new validity."""
    settle(instance)
    keep([instance.pk])
    _acted_upon(_targets(instance))


def document_unpublished(instance: DocumentPage, **kwargs: Any) -> None:
    """What it replaced is in force again."""
    _acted_upon(_targets(instance))


def relation_changed(instance: DocumentRelation, **kwargs: Any) -> None:
    """Added, changed or taken away."""
    if instance.target_id:
        _acted_upon([instance.target_id])


def document_going(instance: DocumentPage, **kwargs: Any) -> None:
    """Note whom it acts on; the relations are deleted before the page is."""
    instance._acted_on = _targets(instance)  # type: ignore[attr-defined]


def document_gone(instance: DocumentPage, **kwargs: Any) -> None:
    """What it replaced is in force again."""
    _acted_upon(getattr(instance, "_acted_on", []))


def _acted_upon(document_ids: list[int]) -> None:
    """Lists and the search say whether these are in force."""
    keep(document_ids)
    queue_pages(document_ids)


def _targets(document: DocumentPage) -> list[int]:
    relations = DocumentRelation.objects.order_by().filter(page=document.pk, target__isnull=False)
    return [pk for pk in relations.values_list("target_id", flat=True) if pk]


def connect() -> None:
    """Listen."""
    say_what_lists_know()
    page_published.connect(document_published, DocumentPage, dispatch_uid="document-published")
    page_unpublished.connect(
        document_unpublished, DocumentPage, dispatch_uid="document-unpublished"
    )
    pre_delete.connect(document_going, DocumentPage, dispatch_uid="document-going")
    post_delete.connect(document_gone, DocumentPage, dispatch_uid="document-gone")
    for signal, uid in ((post_save, "relation-saved"), (post_delete, "relation-deleted")):
        signal.connect(relation_changed, DocumentRelation, dispatch_uid=uid)
