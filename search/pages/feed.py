"""A search to be followed: RSS and Atom of its newest results."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.discovery.feeds import Channel, Entry, Writer, write_atom, write_rss
from search.index.requests import Result, SearchRequest, Sort
from search.index.service import search
from themes.names import unit_name

WRITERS: dict[str, Writer] = {"rss": write_rss, "atom": write_atom}
ENTRIES = 30


def search_feed(request: HttpRequest, wanted: SearchRequest, form: str) -> HttpResponse:
    """The newest results of a search, whatever page or order the reader looks at."""
    newest = replace(wanted, sort=Sort.DATE, page=1, size=ENTRIES)
    response = search(newest)
    unit = wanted.unit
    name = unit_name(unit) if unit else ""
    values = request.GET.copy()
    del values["dang"]
    page_url = f"{request.scheme}://{request.get_host()}{request.path}?{values.urlencode()}"
    # XML has no way to write control characters.
    query = "".join(char for char in wanted.text.strip()[:200] if char.isprintable())
    title = _("Search: %(query)s") % {"query": query}
    channel = Channel(
        title=f"{title} – {name}",
        description=_("The newest pages that this search finds."),
        home_url=page_url,
        feed_url=request.build_absolute_uri(),
        language=get_language() or settings.LANGUAGE_CODE,
        author=name,
        # Who follows a search waits for pages with all of its words.
        entries=[] if response.relaxed else [_entry(result) for result in response.results],
    )
    return WRITERS[form](channel)


def _entry(result: Result) -> Entry:
    return Entry(
        identity=result.url,
        url=result.url,
        title=result.title,
        summary=result.summary,
        author=unit_name(result.unit),
        section=result.section.name if result.section else "",
        language=result.language,
        published=result.date,
        updated=result.date,
        picture="",
    )
