"""Urgent notices for any residents' page."""

from __future__ import annotations

from django import template
from django.template import Context

from ..queries import UrgentNotice, urgent_for

register = template.Library()


@register.simple_tag(takes_context=True)
def urgent_notices(context: Context) -> list[UrgentNotice]:
    """What stands above everything on the visited site: `page`, `url`, `is_received`."""
    request, unit = context.get("request"), context.get("unit")
    return urgent_for(request, unit) if request and unit else []
