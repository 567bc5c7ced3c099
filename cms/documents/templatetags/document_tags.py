"""Tags of the documents' app for any residents' page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ..citations import link_numbers

register = template.Library()


class LinkedNumbers(template.Node):
    """What stands inside, with numbers of known documents as links."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    def render(self, context: Context) -> SafeString:
        """Render, then link; pages outside a unit stay as they are."""
        markup = self.inside.render(context)
        page = context.get("page")
        unit = getattr(page, "unit", None)
        if page is None or unit is None:
            return markup
        return SafeString(link_numbers(markup, unit, page.pk, context.get("request")))


@register.tag
def linked_numbers(parser: Any, token: Any) -> LinkedNumbers:
    """`{% linked_numbers %}…{% endlinked_numbers %}`: one query when there are numbers inside."""
    inside = parser.parse(("endlinked_numbers",))
    parser.delete_first_token()
    return LinkedNumbers(inside)
