"""The tags of a page for its template."""

from __future__ import annotations

from typing import Any

from django import template

from ..models import Tag
from ..queries import tags_of

register = template.Library()


@register.simple_tag
def page_tags(page: Any) -> list[Tag]:
    """The tags of a page. One query."""
    return tags_of(page)
