"""RSS 2.0, Atom and JSON Feed of a site, of each section and of each tag.

An entry leads to the address on the feed's own site; its identity is the address at the origin, so
that a reader of several sites gets a distributed item once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from cms.operations.caching import publicly_cached
from sites.distribution.listing import Item, load_items
from sites.distribution.queries import Shown, latest, latest_by_section
from sites.distribution.sections import sections_of
from sites.units.models import AdministrativeUnit
from themes.names import unit_name

from .head import absolute, addresses_of
from .sharing import language_of, shared_picture

if TYPE_CHECKING:
    from cms.basepage.models import SectionView
    from cms.sections.models import SectionPage
    from sites.hosts.registry import Portal

ENTRIES = 30


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed before it is written: whole addresses, the newest entry first."""

    title: str
    description: str
    home_url: str
    feed_url: str
    language: str
    author: str
    entries: list[Entry]

    @property
    def updated(self) -> datetime.datetime | None:
        """When the newest entry was published."""
        return max((entry.updated for entry in self.entries), default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed."""

    identity: str
    url: str
    title: str
    summary: str
    author: str
    section: str
    language: str
    published: datetime.datetime
    updated: datetime.datetime
    picture: str


Writer = Callable[[Channel], HttpResponse]


def site_channel(request: HttpRequest) -> Channel:
    """The newest items of a site over all sections. Raises Http404 where there is no site."""
    portal: Portal | None = getattr(request, "portal", None)
    if portal is None:
        raise Http404("The editors' side has no feeds.")
    unit = AdministrativeUnit.objects.get(pk=portal.unit_id)
    title = f"{unit_name(unit)} – {gettext('Web portal')}"
    return channel_of(request, unit, title, "", latest(unit, ENTRIES))


def section_channel(request: HttpRequest, page: SectionPage) -> Channel:
    """The newest items that one section of a site shows."""
    if page.unit is None or page.section_id is None:
        raise Http404("This section has no feed.")
    sources = sections_of(request, page.unit).sources_of(page.section_id) or [page.section_id]
    shown = latest_by_section(page.unit, {page.section_id: sources}, ENTRIES)[page.section_id]
    title = f"{page.display_title} – {unit_name(page.unit)}"
    return channel_of(request, page.unit, title, page.intro or "", shown)


def channel_of(
    request: HttpRequest,
    unit: AdministrativeUnit,
    title: str,
    description: str,
    shown: Sequence[Shown],
) -> Channel:
    """A feed of some items that a site shows, in the folder of its own address. Five queries."""
    portal: Portal = request.portal  # type: ignore[attr-defined]
    items = load_items(shown, sections_of(request, unit))
    folder = request.path.rsplit("/", 1)[0] + "/"
    return Channel(
        title=title,
        description=description or title,
        home_url=portal.root_url + folder,
        feed_url=portal.root_url + request.path,
        language=get_language() or settings.LANGUAGE_CODE,
        author=unit_name(unit),
        entries=[_entry(portal, items[row.page_id]) for row in shown if row.page_id in items],
    )


def _entry(portal: Portal, item: Item) -> Entry:
    page = item.page
    language = language_of(page)
    address = portal.root_url + item.url
    return Entry(
        identity=addresses_of(page).get(language) or address,
        url=address,
        title=page.display_title,
        summary=page.summary,
        author=unit_name(page.unit) if page.unit else "",
        section=item.section.title if item.section else "",
        language=language,
        published=page.public_at,
        updated=max(page.public_at, page.last_published_at or page.public_at),
        picture=absolute(portal, shared_picture(page).path),
    )


def write_rss(channel: Channel) -> HttpResponse:
    """RSS 2.0."""
    return _syndicate(channel, Rss201rev2Feed, "application/rss+xml; charset=utf-8")


def write_atom(channel: Channel) -> HttpResponse:
    """Atom 1.0 (RFC 4287)."""
    return _syndicate(channel, Atom1Feed, "application/atom+xml; charset=utf-8")


def _syndicate(
    channel: Channel, generator: type[SyndicationFeed], content_type: str
) -> HttpResponse:
    feed = generator(
        title=channel.title,
        link=channel.home_url,
        description=channel.description,
        language=channel.language,
        author_name=channel.author,
        feed_url=channel.feed_url,
        feed_guid=channel.feed_url,
    )
    for entry in channel.entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            author_name=entry.author,
            categories=[entry.section] if entry.section else (),
            unique_id=entry.identity,
            unique_id_is_permalink=True,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    response = HttpResponse(content_type=content_type)
    feed.write(response, "utf-8")
    return _dated(response, channel)


def write_json(channel: Channel) -> HttpResponse:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.home_url,
        "feed_url": channel.feed_url,
        "language": channel.language,
        "authors": [{"name": channel.author}],
        "items": [_json_entry(entry) for entry in channel.entries],
    }
    response = JsonResponse(feed, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/feed+json; charset=utf-8"
    return _dated(response, channel)


def _json_entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.identity,
        "url": entry.url,
        "external_url": entry.identity,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": [entry.section] if entry.section else [],
        "language": entry.language,
        "image": entry.picture,
    }


def _dated(response: HttpResponse, channel: Channel) -> HttpResponse:
    if channel.updated is not None:
        response["Last-Modified"] = http_date(channel.updated.timestamp())
    return response


WRITERS: dict[str, Writer] = {
    "rss.xml": write_rss,
    "atom.xml": write_atom,
    "feed.json": write_json,
}


def site_view(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a site's feed by the name of its file."""

    def view(request: HttpRequest) -> HttpResponse:
        return WRITERS[name](site_channel(request))

    return require_safe(publicly_cached()(view))


def _section_view(name: str) -> SectionView:
    def view(request: HttpRequest, page: SectionPage) -> HttpResponse:
        return WRITERS[name](section_channel(request, page))

    return publicly_cached()(view)


SECTION_VIEWS: dict[str, SectionView] = {name: _section_view(name) for name in WRITERS}
