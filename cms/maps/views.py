"""The list of maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cms.sections.shown import SectionPages, with_pictures

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

FURTHER = 10


def maps_context(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """`maps` and further articles."""
    from .models import MapPage

    shown = SectionPages.load(request, section_page)
    maps = shown.of(with_pictures(MapPage.objects.order_by("title")))
    return {"maps": maps, "further": shown.others(FURTHER)}
