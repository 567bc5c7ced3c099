"""Forms beside the list of their section."""

from __future__ import annotations

from django import template
from django.db.models import Q
from django.template import Context
from django.utils import timezone

from cms.sections.models import SectionPage
from cms.sections.shown import Entry, SectionPages

from ..models import FormPage

register = template.Library()


@register.simple_tag(takes_context=True)
def forms_here(context: Context) -> list[Entry[FormPage]]:
    """The open forms, own and received, of the section that is being shown. Two queries."""
    page = context.get("page")
    if not isinstance(page, SectionPage):
        return []
    is_open = Q(closes_at=None) | Q(closes_at__gt=timezone.now())
    shown = SectionPages.load(context["request"], page)
    return shown.of(FormPage.objects.filter(is_open).order_by("title"))
