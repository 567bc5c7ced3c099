"""The list of galleries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest
from wagtail.images import get_image_model

from cms.sections.shown import SectionPages

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

KINDS = {"anh": "photo", "video": "video", "am-thanh": "audio"}
PAGE_SIZE = 24
FURTHER = 6


def galleries_context(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """One page of the galleries. Raises Http404 for a kind or a page that there is not."""
    from .models import GalleryKind, GalleryPage

    kind, raw = request.GET.get("loai", ""), request.GET.get("trang", "1")
    if (kind and kind not in KINDS) or not (raw.isascii() and raw.isdigit() and len(raw) < 6):
        raise Http404("There is no such list of galleries.")
    shown = SectionPages.load(request, section_page)
    galleries = shown.of(GalleryPage.objects.order_by("-public_at"))
    present = {entry.page.kind for entry in galleries}
    found = [entry for entry in galleries if not kind or entry.page.kind == KINDS[kind]]
    paginator = Paginator(found, PAGE_SIZE)
    number = int(raw)
    if not 1 <= number <= paginator.num_pages:
        raise Http404("There is no such page of this list.")
    entries = list(paginator.page(number).object_list)
    _read_pictures([entry.page for entry in entries])
    return {
        "entries": entries,
        "kinds": [(n, GalleryKind(v).label) for n, v in KINDS.items() if v in present],
        "asked_kind": kind,
        "number": number,
        "pages": paginator.num_pages,
        "numbers": list(paginator.get_elided_page_range(number)),
        "query_prefix": f"?loai={kind}&" if kind else "?",
        "further": [] if kind or number > 1 else shown.others(FURTHER),
    }


def _read_pictures(galleries: list[Any]) -> None:
    """The pictures of one page of the list and their sizes. Two queries."""
    images = get_image_model().objects.prefetch_renditions()
    prefetch_related_objects(galleries, Prefetch("image", queryset=images))
