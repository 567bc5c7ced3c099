"""The tag that fills `themes/parts/head.html`."""

from __future__ import annotations

from django import template
from django.template import Context

from ..head import Head, head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> Head | None:
    """What the head of the shown page tells others; None where there is no site."""
    return head_of(context)
