"""List rows with their addresses on the site that lists them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from cms.basepage.models import BasePage, language_prefix, page_path
from sites.distribution import receiving
from sites.distribution.listing import Item
from sites.distribution.sections import SectionLink, SiteSections

from .queries import Listed


def items_of(shown: Sequence[Listed], pages: QuerySet, sections: SiteSections) -> list[Item]:
    """The shown pages in their order, each with its unit. One query, and those of prefetches."""
    found = pages.select_related("unit", "section").in_bulk([entry.page_id for entry in shown])
    items = []
    for entry in shown:
        page = found.get(entry.page_id)
        if page is None:
            continue
        received = entry.distribution_id is not None
        section = sections.page_for(page.section_id)
        address = address_here(page, section) if received else page_path(page.url_path)
        items.append(Item(page, address, section, received))
    return items


def address_here(page: BasePage, section: SectionLink | None) -> str:
    """The path of a received page on the site whose section shows it."""
    if section is None:
        return page.get_full_url() or ""
    return f"{language_prefix()}{section.slug}/{receiving.address(page.slug, page.pk)}/"
