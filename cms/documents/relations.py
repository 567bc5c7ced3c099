"""What documents do to each other, and what follows for their validity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import citations
from .models import DocumentPage, DocumentRelation

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Kind = DocumentRelation.Kind
INVERSE = {
    Kind.REPLACES: _("Replaced by"),
    Kind.AMENDS: _("Amended by"),
    Kind.BASED_ON: _("Basis of"),
}
MOST_SHOWN = 30
# Only the unit itself or one above it can end or change a document.
MAY_ACT = Q(target__unit__path__startswith=F("page__unit__path"))


def first_day_of(kind: DocumentRelation.Kind) -> Subquery:
    """For a query of documents: the first day on which a published document acts on it."""
    acting = DocumentRelation.objects.order_by().filter(
        MAY_ACT, kind=kind, target=OuterRef("pk"), page__live=True
    )
    day = Min(Coalesce("page__effective_on", "page__issued_on"))
    return Subquery(acting.values("target").annotate(day=day).values("day"))


@dataclass(frozen=True, slots=True)
class Related:
    """One line of the relations of a document; `url` is "" when it is not on the portal."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """Related documents under one heading."""

    kind: str
    heading: StrPromise
    documents: list[Related]


def related_to(document: DocumentPage, request: HttpRequest) -> list[RelationGroup]:
    """What a document does to others, then what others do to it. Two queries."""
    groups = []
    own = list(document.relations.select_related("target"))
    for kind in Kind:
        lines = [_outgoing(r, request) for r in own if r.kind == kind]
        groups.append(RelationGroup(kind, kind.label, lines))
    incoming = acting_on(document)
    for kind, heading in INVERSE.items():
        lines = [_line(r.page, request) for r in incoming if r.kind == kind]
        groups.append(RelationGroup(f"{kind}-inverse", heading, lines[:MOST_SHOWN]))
    return [group for group in groups if group.documents]


def acting_on(document: DocumentPage) -> list[DocumentRelation]:
    """The relations of published documents to this one, the newest document first."""
    found: QuerySet[DocumentRelation] = DocumentRelation.objects.filter(
        MAY_ACT | Q(kind=Kind.BASED_ON), target=document.pk, page__live=True
    )
    return list(found.select_related("page").order_by("-page__issued_on", "-page_id"))


def _outgoing(relation: DocumentRelation, request: HttpRequest) -> Related:
    if relation.target and relation.target.live:
        return _line(relation.target, request)
    name = relation.number or (relation.target.full_name if relation.target else "")
    return Related(name, "", "")


def _line(document: DocumentPage, request: HttpRequest) -> Related:
    return Related(document.full_name, document.display_title, document.get_url(request) or "")


def settle(document: DocumentPage) -> None:
    """Find the documents that were named by number, in both directions."""
    if document.unit is None:
        return
    for relation in document.relations.filter(target=None).exclude(keys=[]):
        found = citations.find(relation.number, document.unit, document.pk)
        if found:
            DocumentRelation.objects.filter(pk=relation.pk).update(target=found.pk)
    if not document.number_keys:
        return
    waiting = DocumentRelation.objects.filter(
        target=None, keys__overlap=document.number_keys, page__live=True,
        page__unit__path__startswith=document.unit.path,
    ).exclude(page=document.pk)  # fmt: skip
    for relation in waiting.select_related("page__unit")[:MOST_SHOWN]:
        found = citations.find(relation.number, relation.page.unit, relation.page_id)
        if found and found.pk == document.pk:
            DocumentRelation.objects.filter(pk=relation.pk).update(target=document.pk)
