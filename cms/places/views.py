"""The list of places by kind, with pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest

from cms.sections.shown import SectionPages, with_pictures

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

KINDS = {
    "di-tich": "monument",
    "danh-thang": "landscape",
    "le-hoi": "festival",
    "lich-su": "history",
    "van-hoa": "culture",
    "lang-nghe": "craft",
    "san-vat": "product",
    "du-lich": "tourism",
}
FURTHER = 20


def places_context(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """`groups` (kind, label, entries), `kinds` that are present, and further articles.

    Raises Http404 for a kind that there is not.
    """
    from .models import PlaceKind, PlacePage

    kind = request.GET.get("loai", "")
    if kind and kind not in KINDS:
        raise Http404("There is no such kind of place.")
    shown = SectionPages.load(request, section_page)
    places = shown.of(with_pictures(PlacePage.objects.order_by("title")))
    groups = [
        (name, PlaceKind(value).label, [e for e in places if e.page.kind == value])
        for name, value in KINDS.items()
    ]
    present = [group for group in groups if group[2]]
    return {
        "groups": [group for group in present if not kind or group[0] == kind],
        "kinds": [(name, label, len(entries)) for name, label, entries in present],
        "asked_kind": kind,
        "further": [] if kind else shown.others(FURTHER),
    }
