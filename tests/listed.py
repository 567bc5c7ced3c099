"""Put a page of any listed type into a section of a unit's site."""

from __future__ import annotations

from typing import TypeVar

from cms.basepage.models import BasePage
from sites.units.models import AdministrativeUnit
from tests.factories import section_of

P = TypeVar("P", bound=BasePage)


def listed(unit: AdministrativeUnit, section: str, page: P) -> P:
    """The page, published in a section, as it stands in the database."""
    section_of(unit, section).add_child(instance=page)
    page.refresh_from_db()
    return page
