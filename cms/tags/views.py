"""The page of a tag on one site, and its feeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.discovery.feeds import ENTRIES, WRITERS, channel_of
from cms.discovery.head import Subject
from cms.listings.paging import Paging
from cms.operations.caching import publicly_cached
from sites.distribution.listing import load_items
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit
from themes.names import unit_in_sentence, unit_name
from themes.surroundings import surroundings_of

from .models import Tag
from .queries import TagShelf

PAGE_SIZE = 20
# Pages with less are for people who follow a tag, not for result lists of search engines.
FEWEST_TO_INDEX = 3


@require_safe
@publicly_cached()
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/the/<slug>/?trang=N`. 404 for tags under which this site shows nothing."""
    unit, tag = _asked(request, slug)
    shelf = TagShelf(unit, tag)
    total = shelf.count()
    if not total:
        raise Http404("This site shows nothing under this tag.")
    paging = Paging.of(request, total, PAGE_SIZE)
    shown = shelf.page(PAGE_SIZE, paging.offset)
    items = load_items(shown, sections_of(request, unit))
    said = _("What the web portal of %(name)s shows under “%(tag)s”.")
    further = f"?trang={paging.number}" if paging.number > 1 else ""
    about = said % {"name": unit_in_sentence(unit), "tag": tag.name}
    context = {
        "subject": Subject(tag.name, about, request.path + further),
        "tag": tag,
        "items": [items[entry.page_id] for entry in shown if entry.page_id in items],
        "paging": paging,
        "is_thin": total < FEWEST_TO_INDEX,
        "feed": f"{request.path}atom.xml",
    }
    return TemplateResponse(request, "themes/tag.html", context)


def feed_view(name: str) -> Callable[..., HttpResponse]:
    """The view of a tag's feed by the name of its file."""

    def view(request: HttpRequest, slug: str) -> HttpResponse:
        unit, tag = _asked(request, slug)
        shown = TagShelf(unit, tag).page(ENTRIES)
        if not shown:
            raise Http404("This site shows nothing under this tag.")
        title = f"{tag.name} – {unit_name(unit)}"
        return WRITERS[name](channel_of(request, unit, title, "", shown))

    guarded: Any = require_safe(publicly_cached()(view))
    return guarded  # type: ignore[no-any-return]


def _asked(request: HttpRequest, slug: str) -> tuple[AdministrativeUnit, Tag]:
    """The unit of the visited site and the tag. Raises Http404 without either."""
    around = surroundings_of(request)
    tag = Tag.objects.filter(slug=slug).first()
    if around is None or around.unit is None or tag is None:
        raise Http404("There is no such tag.")
    return around.unit, tag
