"""Which section of a site shows what comes from which section of an origin."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language

from sites.hosts.versions import VersionedCache
from sites.units.models import AdministrativeUnit

FROM_ABOVE = "tin-cap-tren"

SECTION_PAGES = """
    SELECT p.id, p.slug, p.title, p.headline_{language}, p.section_id, sp.in_menu, sp.on_home
    FROM basepage_basepage p JOIN sections_sectionpage sp ON sp.basepage_ptr_id = p.id
    WHERE p.unit_id = %s AND p.live ORDER BY p.path
"""
ROUTES = """
    SELECT s.id, s.code, s.page_types, m.target_id FROM blueprints_section s
    LEFT JOIN blueprints_sectionmapping m ON m.source_id = s.id AND m.tier = %s
"""


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section page as menus and lists need it."""

    page_id: int
    slug: str
    title: str
    section_id: int | None
    in_menu: bool
    on_home: bool


@dataclass(slots=True)
class SiteSections:
    """The section pages of one site, where received items are filed among them, and which page
    types each section of the installation takes."""

    pages: list[SectionLink]
    page_types: dict[int, list[str]] = field(default_factory=dict)
    shown_in: dict[int, int] = field(default_factory=dict)

    def page_for(self, section_id: int | None) -> SectionLink | None:
        """The section page that shows items of a section, received ones included."""
        target = self.shown_in.get(section_id or 0, section_id)
        by_section = {page.section_id: page for page in self.pages}
        return by_section.get(target) or (self.pages[0] if self.pages else None)

    def sources_of(self, section_id: int) -> list[int]:
        """The origins' sections whose items a section page shows."""
        return [source for source, target in self.shown_in.items() if target == section_id]


_kept: VersionedCache[SiteSections] = VersionedCache()


def load_sections(unit: AdministrativeUnit) -> SiteSections:
    """Read the sections of a unit's site. Two queries."""
    language = get_language() or settings.LANGUAGE_CODE
    with connection.cursor() as cursor:
        cursor.execute(SECTION_PAGES.format(language=language.replace("-", "_")), [unit.pk])
        pages = [
            SectionLink(pk, slug, headline or title, section, in_menu, on_home)
            for pk, slug, title, headline, section, in_menu, on_home in cursor.fetchall()
        ]
        cursor.execute(ROUTES, [unit.tier])
        routes = cursor.fetchall()
    present = {page.section_id for page in pages}
    from_above = next((pk for pk, code, *_ in routes if code == FROM_ABOVE), None)
    shown_in: dict[int, int] = {}
    for source, _code, _types, mapped in routes:
        places = (place for place in (source, mapped, from_above) if place in present)
        target = next(places, None)
        if target is not None:
            shown_in[source] = target
    types = {source: page_types for source, _code, page_types, _mapped in routes}
    return SiteSections(pages, types, shown_in)


def sections_of(request: HttpRequest, unit: AdministrativeUnit) -> SiteSections:
    """The sections of the requested site; read again only when some site's frame has changed."""
    return _kept.get(request, unit.pk, lambda: load_sections(unit))
