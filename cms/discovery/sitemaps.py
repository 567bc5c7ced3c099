"""The site map for search engines: an index, and files of at most 5,000 addresses.

Only a site's own public pages are in it; received items have their address at their origin. An
index or a file is one statement each, whatever the site holds, and a file is written while it is
read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe
from modeltranslation.utils import build_localized_fieldname

from cms.operations.caching import publicly_cached

from .hidden import hidden_below

if TYPE_CHECKING:
    from sites.hosts.registry import Portal

ADDRESSES_PER_FILE = 5000
OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{more}>\n'
)
XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
OWN_PAGES = """
    FROM basepage_basepage p
    WHERE p.path LIKE %(below)s AND p.live
    AND (p.expire_at IS NULL OR p.expire_at > now())
    AND NOT (p.id = ANY(%(hidden)s))
    AND NOT EXISTS (
        SELECT 1 FROM wagtailcore_pageviewrestriction r
        JOIN basepage_basepage rp ON rp.id = r.page_id
        WHERE starts_with(p.path, rp.path))
"""
FILES = f"""
    SELECT file, max(changed) FROM (
        SELECT (row_number() OVER (ORDER BY p.path) - 1) / %(size)s AS file,
               p.last_published_at AS changed {OWN_PAGES}
    ) s GROUP BY file ORDER BY file
"""  # noqa: S608 (fragments of this file only; values are parameters)
ROWS = f"""
    SELECT p.url_path, CASE WHEN p.listed THEN p.last_published_at END, p.listed, {{headlines}}
    {OWN_PAGES} ORDER BY p.path LIMIT %(size)s OFFSET %(offset)s
"""  # noqa: S608
OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def pages_per_file() -> int:
    """Every language of a page is an address of its own."""
    return ADDRESSES_PER_FILE // len(settings.LANGUAGES)


@require_safe
@publicly_cached()
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`. One query, and one per type that hides pages."""
    portal = _portal(request)
    with connection.cursor() as cursor:
        cursor.execute(FILES, _range(portal) | {"size": pages_per_file()})
        files = cursor.fetchall()
    body = [OPEN.format(name="sitemapindex", more="")]
    for number, changed in files:
        place = f"{portal.root_url}/sitemap-{number + 1}.xml"
        body.append(f"<sitemap><loc>{escape(place)}</loc>{_changed(changed)}</sitemap>\n")
    return HttpResponse(("".join(body) + "</sitemapindex>\n"), content_type="application/xml")


@require_safe
@publicly_cached()
def file(request: HttpRequest, number: str) -> StreamingHttpResponse:
    """`/sitemap-N.xml`. One query; 404 for a file that the index does not name."""
    portal = _portal(request)
    size = pages_per_file()
    headlines = ", ".join(f"p.{build_localized_fieldname('headline', code)}" for code in OTHERS)
    sql = ROWS.format(headlines=headlines or "''")
    with connection.cursor() as cursor:
        cursor.execute(sql, _range(portal) | {"size": size, "offset": (int(number) - 1) * size})
        rows = cursor.fetchall()
    if not rows:
        raise Http404("There is no such file of the site map.")
    return StreamingHttpResponse(_write(portal, rows), content_type="application/xml")


def _write(portal: Portal, rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield OPEN.format(name="urlset", more=XHTML)
    for url_path, changed, listed, *headlines in rows:
        inside = url_path.split("/", 2)[2]
        addresses = {settings.LANGUAGE_CODE: f"{portal.root_url}/{inside}"}
        for code, headline in zip(OTHERS, headlines, strict=False):
            if headline or not listed:
                addresses[code] = f"{portal.root_url}/{code}/{inside}"
        yield _entries(addresses, changed)
    yield "</urlset>\n"


def _entries(addresses: dict[str, str], changed: datetime.datetime | None) -> str:
    links = ""
    if len(addresses) > 1:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
            for code, address in addresses.items()
        )
    return "".join(
        f"<url><loc>{escape(address)}</loc>{_changed(changed)}{links}</url>\n"
        for address in addresses.values()
    )


def _changed(moment: datetime.datetime | None) -> str:
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""


def _portal(request: HttpRequest) -> Portal:
    portal: Portal | None = getattr(request, "portal", None)
    if portal is None:
        raise Http404("The editors' side has no site map.")
    return portal


def _range(portal: Portal) -> dict[str, Any]:
    """The tree paths of a site, its home page and everything below; and what is left out."""
    hidden = hidden_below(portal.root_path)
    return {"below": f"{portal.root_path}%", "hidden": hidden}
