"""What machines and curious people look for at well-known addresses, and the readable site map."""

from __future__ import annotations

import datetime

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.home.models import SiteHomePage
from cms.operations.caching import publicly_cached
from sites.distribution.listing import load_items
from sites.distribution.queries import latest_by_section
from sites.distribution.sections import sections_of
from sites.hosts.registry import Portal
from sites.units.models import AdministrativeUnit

from .models import DrawnPicture
from .sharing import file_name

PER_SECTION = 5
# The address changes with what the picture says, not with the look of the site.
FOR_A_DAY = "public, max-age=86400"
FOR_A_WHILE = "public, max-age=60"
PLAIN = "text/plain; charset=utf-8"
EXPIRES = datetime.timedelta(days=180)


@require_safe
@publicly_cached()
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: everything but result lists and the API; nothing of the editors' side."""
    portal: Portal | None = request.portal  # type: ignore[attr-defined]
    if portal is None:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type=PLAIN)
    lines = [
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /*?q=",
        "Disallow: /*&q=",
        "",
        f"Sitemap: {portal.root_url}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
@publicly_cached()
def humans(request: HttpRequest) -> HttpResponse:
    """`/humans.txt`: who is behind the site."""
    home, unit = _site(request)
    lines = [
        "/* Cơ quan chủ quản · Responsible authority */",
        home.authority or unit.name,
        "",
        "/* Chịu trách nhiệm nội dung · Responsible for the content */",
        home.responsible or home.authority or unit.name,
        *(line for line in (home.address, home.phone, home.email) if line),
        "",
        "/* Kỹ thuật · Technology */",
        "Liên Cấp, Wagtail, Django, PostgreSQL, Be Vietnam Pro",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
@publicly_cached()
def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` (RFC 9116). 404 where the unit gives no way to reach it."""
    home, _unit = _site(request)
    contact = f"mailto:{home.email}" if home.email else ""
    contact = contact or (f"tel:{home.phone.replace(' ', '')}" if home.phone else "")
    if not contact:
        raise Http404("This site names no contact.")
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    portal: Portal = request.portal  # type: ignore[attr-defined]
    lines = [
        f"Contact: {contact}",
        f"Expires: {(today + EXPIRES).isoformat()}",
        "Preferred-Languages: vi, en",
        f"Canonical: {portal.root_url}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
@publicly_cached()
def tree(request: HttpRequest) -> HttpResponse:
    """`/so-do/`: the site as a tree of text (Circular 32/2017 Art. 16), three levels deep."""
    _home, unit = _site(request)
    sections = sections_of(request, unit)
    wanted = {
        link.section_id: sections.sources_of(link.section_id) or [link.section_id]
        for link in sections.pages
        if link.section_id
    }
    newest = latest_by_section(unit, wanted, PER_SECTION)
    items = load_items((entry for shown in newest.values() for entry in shown), sections)
    branches = [
        (
            link,
            [items[e.page_id] for e in newest.get(link.section_id or 0, []) if e.page_id in items],
        )
        for link in sections.pages
    ]
    return TemplateResponse(request, "themes/tree.html", {"branches": branches})


@require_safe
def picture(request: HttpRequest, page_id: str, language: str, digest: str) -> HttpResponse:
    """A drawn picture, or the site's own while there is none. Draws nothing."""
    name = file_name(int(page_id), language, digest)
    if default_storage.exists(name):
        return _png(name, FOR_A_DAY)
    portal: Portal | None = request.portal  # type: ignore[attr-defined]
    if portal is None:
        raise Http404("The editors' side has no pictures of links.")
    own = DrawnPicture.objects.filter(page_id=portal.root_page_id).order_by("-language").first()
    if own is not None and default_storage.exists(own.name):
        return _png(own.name, FOR_A_WHILE)
    raise Http404("The picture has not been drawn yet.")


def _png(name: str, cache: str) -> HttpResponse:
    response = FileResponse(default_storage.open(name), content_type="image/png")
    response["Cache-Control"] = cache
    return response  # type: ignore[return-value]


def _site(request: HttpRequest) -> tuple[SiteHomePage, AdministrativeUnit]:
    """The home page and the unit of the requested site. Raises Http404 on other hosts."""
    portal: Portal | None = request.portal  # type: ignore[attr-defined]
    home = SiteHomePage.objects.select_related("unit").filter(
        pk=portal.root_page_id if portal else None
    )
    found = home.first()
    if found is None or found.unit is None:
        raise Http404("There is no site here.")
    return found, found.unit
