"""Small things that the templates of the residents' pages need."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from cms.notices.queries import UrgentNotice, urgent_for
from sites.distribution.listing import Item, load_items
from sites.distribution.queries import latest_by_section
from sites.distribution.sections import sections_of
from sites.hosts.versions import VersionedCache
from sites.units.models import AdministrativeUnit

from .. import names
from ..styles.looks import Look
from ..styles.palettes import DESIGNED
from ..surroundings import surroundings_of

register = template.Library()

ICONS = {
    "thu-tuc-hanh-chinh": "clipboard",
    "van-ban": "document",
    "cong-khai": "scales",
    "lich-cong-tac": "calendar",
    "hoi-dap": "speech",
    "thong-bao": "megaphone",
    "danh-ba": "phone",
    "lay-y-kien": "pen",
}
SHORT_DATE = {"vi": "d/m/Y", "en": "j M Y"}
LONG_DATE = {"vi": "l, d/m/Y", "en": "l, j F Y"}
RELATED = 4
INDENTED = re.compile(r"\s*\n\s*")


@register.filter
def unit_name(unit: AdministrativeUnit) -> str:
    """The unit's name in the active language, standing alone."""
    return names.unit_name(unit)


@register.filter
def unit_in_sentence(unit: AdministrativeUnit) -> str:
    """The unit's name in the active language, inside a sentence."""
    return names.unit_in_sentence(unit)


@register.filter
def short_date(moment: datetime.datetime | None) -> str:
    """`05/06/2025`; in English `5 Jun 2025`, which no reader takes for May."""
    return _format(moment, SHORT_DATE)


@register.filter
def long_date(moment: datetime.datetime | None) -> str:
    """`Thứ Năm, 05/06/2025`."""
    return _format(moment, LONG_DATE)


def _format(moment: datetime.datetime | None, formats: dict[str, str]) -> str:
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment), formats.get(get_language() or "vi", "d/m/Y"))


@register.filter
def needs_lang(page: Any) -> bool:
    """Whether a page has to be shown in Vietnamese to a reader of another language."""
    return (get_language() or settings.LANGUAGE_CODE) not in page.languages()


@register.filter
def lang_attr(page: Any) -> SafeString:
    """` lang="vi"` for a page that is not translated, so that it is read out rightly."""
    return SafeString(' lang="vi"') if needs_lang(page) else SafeString("")


@register.filter
def phone_link(number: str) -> str:
    """`tel:` address of a telephone number: digits and a leading plus."""
    digits = "".join(char for char in number if char.isdigit())
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}"


@register.filter
def breakable(email: str) -> SafeString:
    """An e-mail address that narrow columns break before its `@` rather than anywhere."""
    return SafeString(escape(email).replace("@", "<wbr>@"))  # noqa: S308 (escaped)


@register.filter
def clock(moment: datetime.datetime) -> str:
    """`7h30`, as Vietnamese schedules write it; in English `07:30`."""
    local = timezone.localtime(moment)
    return f"{local.hour}h{local.minute:02}" if names.is_default_language() else f"{local:%H:%M}"


@register.filter
def month_name(moment: datetime.datetime) -> str:
    """`tháng 6`; in English `Jun`."""
    local = timezone.localtime(moment)
    return f"tháng {local.month}" if names.is_default_language() else date_format(local, "M")


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to repeat something for each."""
    return text.split()


@register.filter
def address_here(page: Any) -> str:
    """The path of a page of the visited site, in the active language."""
    from cms.basepage.models import page_path

    return page_path(page.url_path)


@register.simple_tag(takes_context=True)
def home_of_site(context: Context) -> Any:
    """The site's home page; no query when it is the page that is being shown."""
    page, portal = context.get("page"), context.get("portal")
    if page is not None and portal and page.pk == portal.root_page_id and hasattr(page, "theme"):
        return page
    return context.get("home")


@register.simple_tag(takes_context=True)
def look_of_site(context: Context) -> Look:
    """The site's look; of a home page in the preview, the look that is being tried."""
    page, request = context.get("page"), context.get("request")
    around = surroundings_of(request) if request else None
    if around is None:
        return Look(DESIGNED[0])
    if getattr(request, "is_preview", False) and page is not None and hasattr(page, "theme"):
        return around.look_with(page)
    return around.look


@register.filter
def lead_item(items: Sequence[Item]) -> Item | None:
    """The item that opens the home page: the newest with a picture, else the newest."""
    pictured = (item for item in items if item.page.image_id)
    return next(pictured, items[0] if items else None)


@register.filter
def without(items: Sequence[Item], item: Item) -> list[Item]:
    """A list without one of its items."""
    return [other for other in items if other is not item]


@register.filter
def has_items(parts: Sequence[Any]) -> bool:
    """Whether a home page shows anything that was published."""
    return any(part.name not in ("services", "units", "links") for part in parts)


@register.filter
def services(sections: Sequence[Any]) -> list[tuple[Any, str]]:
    """Sections that residents come for, with the name of their icon, in the order of `ICONS`."""
    by_slug = {section.slug: section for section in sections}
    return [(by_slug[slug], icon) for slug, icon in ICONS.items() if slug in by_slug]


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[dict[str, Any]]:
    """This page in every language; where it is not translated, the home page instead.

    Each: `code`, `name`, `url` (path), `is_current`, `is_home` (leads to the home page).
    """
    request = context.get("request")
    page = context.get("page")
    offered = page.languages() if page is not None and _is_article(page) else None
    bare = _without_prefix(request.path) if request else "/"
    query = (
        f"?{request.META['QUERY_STRING']}" if request and request.META.get("QUERY_STRING") else ""
    )
    links = []
    for code, name in settings.LANGUAGES:
        prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
        is_home = offered is not None and code not in offered
        path = f"{prefix}/" if is_home else f"{prefix}{bare}{query}"
        current = code == (get_language() or settings.LANGUAGE_CODE)
        links.append(
            {"code": code, "name": name, "url": path, "is_current": current, "is_home": is_home}
        )
    return links


def _is_article(page: Any) -> bool:
    return getattr(page, "is_listed_type", False)


def _without_prefix(path: str) -> str:
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            return path[len(code) + 1 :] or "/"
    return path


@register.simple_tag
def canonical_url(page: Any) -> str:
    """The address at the page's origin, in the active language if it has one."""
    language = settings.LANGUAGE_CODE if needs_lang(page) else get_language()
    with override(language):
        return page.get_full_url() or ""


@register.simple_tag(takes_context=True)
def local_section(context: Context) -> Any:
    """The section page of the visited site under which the article stands, as a link."""
    page, received = context.get("page"), context.get("received")
    if page is None:
        return None
    section_id = received.section_page.section_id if received else page.section_id
    sections = context.get("sections") or []
    return next((link for link in sections if link.section_id == section_id), None)


@dataclass(frozen=True, slots=True)
class MenuMark:
    """Which entry of the main menu is marked: `kind` is "page" on the entry's own page, "true"
    below it, and empty when none is; `page_id` is 0 for the home page."""

    page_id: int = 0
    kind: str = ""


@register.simple_tag(takes_context=True)
def menu_mark(context: Context) -> MenuMark:
    """The marked entry of the main menu on the page that is being shown."""
    if context["request"].path == context.get("home_url"):
        return MenuMark(0, "page")
    section, page = local_section(context), context.get("page")
    if section is None or not page:
        return MenuMark()
    return MenuMark(section.page_id, "page" if page.pk == section.page_id else "true")


@register.simple_tag(takes_context=True)
def related_items(context: Context) -> list[Item]:
    """The newest other items of the section that the reader is in. Four queries."""
    request, unit = context["request"], context.get("unit")
    section = local_section(context)
    if not unit or not section:
        return []
    routes = sections_of(request, unit)
    sources = {section.section_id: routes.sources_of(section.section_id)}
    shown = latest_by_section(unit, sources, RELATED + 1)[section.section_id]
    others = [entry for entry in shown if entry.page_id != context["page"].pk][:RELATED]
    items = load_items(others, routes)
    return [items[entry.page_id] for entry in others if entry.page_id in items]


@register.tag
def unindented(parser: Parser, token: Token) -> UnindentedNode:
    """`{% unindented %}…{% endunindented %}`: lines without what indents them in the templates.

    A twelfth of a home page is indentation. Line breaks stay, so no words grow together. Not for
    what holds `<pre>` or `<textarea>`.
    """
    nodelist = parser.parse(("endunindented",))
    parser.delete_first_token()
    return UnindentedNode(nodelist)


class UnindentedNode(template.Node):
    """See `unindented`."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return SafeString(INDENTED.sub("\n", self.nodelist.render(context)))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "footer" %}…{% endkept %}`: what is the same on every page of a site.

    Rendered once per process, site and language, and again when something that stands around
    pages changes anywhere (sites/hosts/versions.py). Only for what follows from the frame alone
    and from the values named after the name; nothing about the request, the reader or the page.
    """
    _tag, name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip('"'), [parser.compile_filter(value) for value in values], nodelist)


class KeptNode(template.Node):
    """See `kept`."""

    def __init__(
        self, name: str, values: Sequence[FilterExpression], nodelist: template.NodeList
    ) -> None:
        self.name = name
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        request: Any = context.get("request")
        around = surroundings_of(request) if request else None
        if around is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        values = tuple(value.resolve(context) for value in self.values)
        key = (around.portal.unit_id, self.name, values)
        return _fragments.get(request, key, lambda: self.nodelist.render(context))


# About 3 kB each: 12 MB in a process that serves hundreds of sites.
_fragments: VersionedCache[SafeString] = VersionedCache(size=4096)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One symbol of `icons.svg` (see `.icon` in portal.css); screen readers pass over it."""
    return SafeString(f'<i class="icon i-{name}"></i>')  # noqa: S308 (names of our templates)


@register.simple_tag(takes_context=True)
def urgent_items(context: Context) -> list[UrgentNotice]:
    """What must be known at once on the visited site, above everything else. One query."""
    request = context.get("request")
    around = surroundings_of(request) if request else None
    return urgent_for(around.request, around.unit) if around else []


@register.filter
def urlquoted(text: str) -> str:
    """Percent-encoded for use inside the query of an address."""
    return quote(text, safe="")
