"""Which pages of a site are essential: what its static copy holds."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import override

from sites.distribution.listing import load_items
from sites.distribution.queries import latest, latest_by_section
from sites.distribution.sections import sections_of
from sites.hosts.registry import Portal
from sites.units.models import AdministrativeUnit

NEWEST = 12
PER_SECTION = 3
# What residents need most when the portal does not answer.
PER_ESSENTIAL_SECTION = 8
ESSENTIAL_TYPES = {"procedure", "document", "notice", "contact", "office", "official"}


def addresses_of(portal: Portal, unit: AdministrativeUnit) -> list[str]:
    """The paths of a site's copy: home, sections, site map, newest and essential items.

    The home page in every language, the rest in Vietnamese. Nine queries at most.
    """
    request = HttpRequest()
    request.portal = portal  # type: ignore[attr-defined]
    with override(settings.LANGUAGE_CODE):
        sections = sections_of(request, unit)
        wanted = {
            link.section_id: sections.sources_of(link.section_id) or [link.section_id]
            for link in sections.pages
            if link.section_id
        }
        shown = {entry.page_id: entry for entry in latest(unit, NEWEST)}
        by_section = latest_by_section(unit, wanted, PER_ESSENTIAL_SECTION)
        essential = essential_sections(list(wanted))
        for section_id, entries in by_section.items():
            kept = PER_ESSENTIAL_SECTION if section_id in essential else PER_SECTION
            shown |= {entry.page_id: entry for entry in entries[:kept]}
        items = load_items(shown.values(), sections)
    others = [f"/{code}/" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    paths = ["/", "/so-do/", *others, *(f"/{link.slug}/" for link in sections.pages)]
    return [*paths, *(item.url for item in items.values())]


def essential_sections(section_ids: list[int]) -> set[int]:
    """Those of some sections whose pages residents need most."""
    from sites.blueprints.models import Section

    types = Section.objects.filter(pk__in=section_ids).values_list("pk", "page_types")
    return {pk for pk, names in types if ESSENTIAL_TYPES & set(names)}
