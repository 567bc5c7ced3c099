"""A received item under the host of the site that shows it: `/tin-tuc/ten-bai~345/`.

A slug cannot hold a tilde, so local pages and received ones never collide, whatever either is
called or renamed to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.url_routing import RouteResult

from sites.hosts.pages import get_page_model

from .models import Distribution
from .queries import distribution_showing

if TYPE_CHECKING:
    from cms.basepage.models import BasePage

ADDRESS = re.compile(r"^(?P<slug>[\w-]+)~(?P<page>\d{1,18})$")


@dataclass(frozen=True)
class Received:
    """What a template needs to know about a page shown on another unit's site."""

    distribution: Distribution
    section_page: BasePage


def is_address(component: str) -> bool:
    """Whether a path component names a received item."""
    return bool(ADDRESS.match(component))


def address(slug: str, page_id: int) -> str:
    """The path component of a received item."""
    return f"{slug}~{page_id}"


def route(request: HttpRequest, section_page: Any, component: str) -> RouteResult:
    """The page that a received address names on this site.

    A recalled item leads to the section page with the recall, which answers 410 and says why.
    Raises Http404 for anything this site never showed or does not show now.
    """
    match = ADDRESS.match(component)
    if match is None:
        raise Http404
    page_id = int(match["page"])
    distribution = distribution_showing(section_page.unit, page_id)
    if distribution is None:
        recall = _recall_of(section_page, page_id)
        return RouteResult(section_page, kwargs={"recall": recall})
    page = get_page_model().objects.filter(pk=page_id, live=True).specific().first()
    if page is None or is_over(page):
        raise Http404
    page.known_restrictions = page.get_view_restrictions()
    if page.known_restrictions:
        raise Http404
    if page.unit_id == distribution.unit_id:
        page.unit = distribution.unit
    request.received = Received(distribution, section_page)  # type: ignore[attr-defined]
    return RouteResult(page)


def _recall_of(section_page: Any, page_id: int) -> Distribution:
    recalled = Distribution.objects.filter(
        page_id=page_id, audience__overlap=section_page.unit.tokens(), recalled_at__isnull=False
    )
    recall = recalled.select_related("page", "replacement", "unit").order_by("-recalled_at").first()
    if recall is None or Distribution.objects.standing().filter(page_id=page_id).exists():
        raise Http404
    return recall


def is_over(page: BasePage) -> bool:
    """Whether a page's own expiry has passed, though nothing has taken it down yet."""
    return page.expired or (page.expire_at is not None and page.expire_at <= timezone.now())


def is_private(page: BasePage) -> bool:
    """Whether a page, or a page above it, is not for everybody."""
    return page.get_view_restrictions().exists()


def received_in(request: HttpRequest) -> Received | None:
    """How the requested page came to this site, if it is not the site's own."""
    return getattr(request, "received", None)
