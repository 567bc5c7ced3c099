"""What the head of a page tells search engines, networks and other portals."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, override

from sites.distribution import receiving
from themes.names import unit_name

from . import structured
from .sharing import SharedPicture, language_of, shared_picture

if TYPE_CHECKING:
    from cms.basepage.models import BasePage
    from sites.hosts.registry import Portal

DESCRIPTION, TITLE = 200, 150
# Would end the script element, or start a comment in it.
FOR_SCRIPTS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(slots=True)
class Head:
    """Everything that `themes/parts/head.html` writes. Addresses are whole ones."""

    title: str
    description: str
    kind: str = "website"
    canonical: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    picture: SharedPicture | None = None
    picture_url: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    dublin_core: list[tuple[str, str]] = field(default_factory=list)
    feeds: list[tuple[str, str, str]] = field(default_factory=list)
    json_ld: SafeString = SafeString("")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a view that is no page shows at an address of its own; `subject` in its context."""

    title: str
    description: str
    path: str


def head_of(context: Context) -> Head | None:
    """The head of the page that a template shows; None on hosts that are nobody's site."""
    portal: Portal | None = context.get("portal")
    request: HttpRequest | None = context.get("request")
    if portal is None or request is None:
        return None
    page, home = context.get("page") or None, context.get("home") or None
    if page is None or not hasattr(page, "get_full_url"):
        return _of_view(portal, home, context.get("subject"))
    head = Head(_title(page), _description(page), "article" if page.listed else "website")
    _add_addresses(head, page, request)
    head.picture = shared_picture(page)
    head.picture_url = absolute(portal, head.picture.path)
    section = _section(page, context)
    if page.listed:
        head.published = page.public_at.isoformat()
        head.modified = (page.last_published_at or page.public_at).isoformat()
        head.section = section.title if section else ""
        head.dublin_core = _dublin_core(page, head)
    head.feeds = _feeds(portal, home, section)
    head.json_ld = _json_ld(page, head, structured.Place(portal, home, section, context))
    return head


def absolute(portal: Portal, path: str) -> str:
    """A path on the portal's host as a whole address; media on another host stay as they are."""
    return path if "://" in path else portal.root_url + path


def addresses_of(page: BasePage) -> dict[str, str]:
    """The page's address at its origin in every language in which readers are offered it."""
    offered = page.languages() if page.listed else [code for code, _ in settings.LANGUAGES]
    found = {}
    for code in offered:
        with override(code):
            found[code] = page.get_full_url() or ""
    return {code: address for code, address in found.items() if address}


def _of_view(portal: Portal, home: Any, subject: Subject | None) -> Head:
    """The head of what is no page (search, site map, errors): the site's own picture."""
    title = _title(home) if home is not None else gettext("Web portal")
    head = Head(title, _cut(home.welcome if home else "", DESCRIPTION) or title)
    if home is not None:
        head.picture = shared_picture(home)
        head.picture_url = absolute(portal, head.picture.path)
        head.feeds = _feeds(portal, home, None)
    if subject is not None:
        head.title, head.description = subject.title, _cut(subject.description, DESCRIPTION)
        head.canonical = portal.root_url + subject.path
        steps = [(gettext("Home"), f"{portal.root_url}/"), (subject.title, "")]
        head.json_ld = _as_script([structured.breadcrumbs(steps)])
    return head


def _add_addresses(head: Head, page: BasePage, request: HttpRequest) -> None:
    addresses = addresses_of(page)
    if not addresses:
        return
    paging = _paging(request)
    language = language_of(page)
    head.canonical = addresses.get(language, "") + paging
    if len(addresses) > 1:
        head.alternates = [(code, address + paging) for code, address in addresses.items()]
        head.alternates.append(("x-default", addresses[settings.LANGUAGE_CODE] + paging))


def _paging(request: HttpRequest) -> str:
    """`?trang=3` for a further page of an unfiltered list; lists that were filtered are variants
    of the plain one."""
    number = request.GET.get("trang", "")
    is_plain = len(request.GET) == 1 and number.isascii() and number.isdigit()
    return f"?trang={int(number)}" if is_plain and 1 < int(number[:6]) < 100_000 else ""


def _title(page: BasePage) -> str:
    if page.depth == 2 and page.unit:
        return f"{gettext('Web portal')} – {unit_name(page.unit)}"
    return _cut(page.display_title, TITLE)


def _description(page: BasePage) -> str:
    written = getattr(page, "intro", "") or getattr(page, "welcome", "") or page.summary
    text = written or page.search_body(language_of(page))[: DESCRIPTION * 2]
    return _cut(text, DESCRIPTION) or _title(page)


def _cut(text: str, length: int) -> str:
    return Truncator(" ".join((text or "").split())).chars(length)


def _section(page: BasePage, context: Context) -> Any:
    """The section page of the visited site in which the page is shown, as a link."""
    received = receiving.received_in(context["request"])
    section_id = received.section_page.section_id if received else page.section_id
    if section_id is None or page.depth == 2:
        return None
    links = context.get("sections") or []
    return next((link for link in links if link.section_id == section_id), None)


def _dublin_core(page: BasePage, head: Head) -> list[tuple[str, str]]:
    """Metadata by which portals find, exchange and link content (Decree 224/2026, Art. 11.5)."""
    unit = unit_name(page.unit) if page.unit else ""
    rows = [
        ("DC.title", head.title),
        ("DC.description", head.description),
        ("DC.creator", getattr(page, "author", "") or unit),
        ("DC.publisher", unit),
        ("DC.subject", head.section),
        ("DC.coverage", unit),
        ("DC.date", page.public_at.date().isoformat()),
        ("DCTERMS.modified", head.modified[:10]),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.identifier", head.canonical),
        ("DC.language", language_of(page)),
    ]
    return [(name, value) for name, value in rows if value]


def _feeds(portal: Portal, home: Any, section: Any) -> list[tuple[str, str, str]]:
    """`(media type, title, path)` of the site's feed, and of the section's."""
    from cms.basepage.models import language_prefix

    prefix = language_prefix()
    site = unit_name(home.unit) if home is not None else portal.hostname
    found = [("application/atom+xml", site, f"{prefix}atom.xml")]
    if section is not None:
        title = f"{site} – {section.title}"
        found.append(("application/atom+xml", title, f"{prefix}{section.slug}/atom.xml"))
    return found


def _json_ld(page: BasePage, head: Head, place: structured.Place) -> SafeString:
    return _as_script(structured.graph(page, head, place))


def _as_script(graph: list[structured.Thing]) -> SafeString:
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return SafeString(text.translate(FOR_SCRIPTS))  # noqa: S308 (cannot end the script element)
