"""Fictitious addresses, telephones and mailboxes for the demonstration's home pages."""

from __future__ import annotations

from cms.home.models import SiteHomePage
from sites.units.models import AdministrativeUnit

from .content_files import CONTENT, read


def give_contacts() -> None:
    """Fill in the contacts of every home page of the province, by the pattern of its tier."""
    patterns = read(CONTENT / "contacts.toml")
    homes = SiteHomePage.objects.filter(unit__path__startswith="30/")
    for home in homes.select_related("unit__parent"):
        pattern, words = patterns[home.unit.tier], words_of(home.unit)
        english = words | _english(home.unit)
        home.phone = pattern["phone"].format(**words)
        home.email = pattern["email"].format(**words)
        for field in ("address", "responsible"):
            setattr(home, f"{field}_vi", pattern[field].format(**words))
            setattr(home, f"{field}_en", pattern[f"{field}_en"].format(**english))
        home.save(update_fields=["phone", "email", *TRANSLATED])


TRANSLATED = ["address_vi", "address_en", "responsible_vi", "responsible_en"]


def words_of(unit: AdministrativeUnit) -> dict[str, str]:
    """What the patterns of the demonstration's files are filled with."""
    return {
        "unit": unit.lower_name,
        "name": unit.short_name,
        "district": unit.parent.lower_name if unit.parent else "",
        "slug": unit.host.removesuffix(".haiduong").replace(".", "-"),
        "kind": unit.lower_name.removesuffix(unit.short_name).strip(),
        "code": unit.code,
        "code3": unit.code[-3:],
    }


def _english(unit: AdministrativeUnit) -> dict[str, str]:
    district = unit.parent.english_name if unit.parent else ""
    return {"name": unit.english_name, "district": district}
