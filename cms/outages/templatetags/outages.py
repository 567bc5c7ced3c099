"""The announcement above a site's pages."""

from __future__ import annotations

from django import template
from django.template import Context

from ..models import PlannedOutage
from ..queries import outage_shown

register = template.Library()


@register.simple_tag(takes_context=True)
def planned_outage(context: Context) -> PlannedOutage | None:
    """The outage that the visited site announces, if any."""
    request, unit = context.get("request"), context.get("unit")
    if request is None or not unit:
        return None
    return outage_shown(request, unit)
