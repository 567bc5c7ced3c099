"""Directory entries of every unit, by the pattern of its tier."""

from __future__ import annotations

from cms.directory.models import ContactPage
from sites.units.models import AdministrativeUnit, Tier

from ..content_files import CONTENT, Raw, read
from .offices import Offices
from .writing import Writing, both, common

SECTION = "danh-ba"


def write_contacts(
    writing: Writing,
    units: list[AdministrativeUnit],
    names: dict[str, dict[str, str]],
    offices: Offices,
) -> None:
    """National numbers at the province, and each unit's own."""
    patterns = read(CONTENT / "contacts" / "contacts.toml")
    for unit in units:
        raws = [*patterns["national"]] if unit.tier == Tier.PROVINCE else []
        for order, raw in enumerate([*raws, *patterns[unit.tier]], start=1):
            page = _contact(unit.code, raw, names[unit.code], order)
            office = offices.get((unit.code, raw.get("office", "")))
            page.office_id = office.pk if office else None
            writing.add(unit.code, SECTION, page)


def _contact(code: str, raw: Raw, names: dict[str, str], order: int) -> ContactPage:
    return ContactPage(
        **common("contact", f"{code}-{raw['key']}", raw, names),
        **both(raw, ["position", "hours", "address"], names),
        kind=raw["kind"],
        phone=raw.get("phone", "").format(**names),
        email=raw.get("email", ""),
        is_hotline=raw.get("is_hotline", raw["key"].isdigit()),
        order=raw.get("order", order * 10 + 100),
    )
