"""Names for the values by which results can be narrowed."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from sites.blueprints.models import Section
from sites.units.models import AdministrativeUnit, Tier

from .requests import FacetValue, Found

SHOWN = 20


def labelled(found: Found) -> dict[str, list[FacetValue]]:
    """Facets with codes and names instead of ids: the most frequent values first, years newest
    first. Two queries."""
    counts = {
        name: sorted(values, key=_most_first)[:SHOWN] for name, values in found.facets.items()
    }
    units = AdministrativeUnit.objects.in_bulk([key for key, _ in counts.get("unit", [])])
    sections = Section.objects.in_bulk([key for key, _ in counts.get("section", [])])
    return {
        "tier": [_tier(key, count) for key, count in counts.get("tier", [])],
        "unit": [
            FacetValue(units[key].code, _unit_name(units[key]), count)
            for key, count in counts.get("unit", [])
            if key in units
        ],
        "section": [
            FacetValue(sections[key].code, sections[key].name, count)
            for key, count in counts.get("section", [])
            if key in sections
        ],
        "year": [
            FacetValue(str(key), str(key), count)
            for key, count in sorted(counts.get("year", []), reverse=True)
        ],
    }


def _most_first(entry: tuple[int | str, int]) -> tuple[int, int | str]:
    value, count = entry
    return -count, value


def _tier(value: int | str, count: int) -> FacetValue:
    return FacetValue(str(value), str(Tier(str(value)).label), count)


def _unit_name(unit: AdministrativeUnit) -> str:
    is_vietnamese = get_language() in (None, settings.LANGUAGE_CODE)
    return unit.name if is_vietnamese else unit.english_name
