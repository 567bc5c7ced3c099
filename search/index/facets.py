"""Names for the values by which results can be narrowed."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from django.conf import settings
from django.utils.translation import get_language

from cms.sections.kinds import page_types
from sites.units.models import AdministrativeUnit, Tier

from .names import Names
from .requests import SHOWN, FacetValue, Found

# Values of these are shown as they are.
PLAIN = ("kind", "field", "issuer", "validity", "file_type")


def labelled(found: Found, names: Names) -> dict[str, list[FacetValue]]:
    """Facets with codes and names instead of ids: the most frequent values first, years newest
    first. Queries only for names that are not kept."""
    counts = {
        name: sorted(values, key=_most_first)[:SHOWN] for name, values in found.facets.items()
    }
    facets = {
        "tier": [FacetValue(key, str(Tier(key).label), count) for key, count in counts["tier"]],
        "unit": _units(counts["unit"], names),
        "area": _areas(counts["area"], names),
        "type": [FacetValue(key, _type_label(key), count) for key, count in counts["type"]],
        "section": _sections(counts["section"], names),
        "year": [
            FacetValue(key, key, count) for key, count in sorted(counts["year"], reverse=True)
        ],
    }
    plain = {name: [FacetValue(key, key, count) for key, count in counts[name]] for name in PLAIN}
    return facets | plain


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    value, count = entry
    return -count, value


def _units(counts: list[tuple[str, int]], names: Names) -> list[FacetValue]:
    found = names.units(int(key) for key, _ in counts)
    name = _unit_name()
    return [
        FacetValue(unit.code, name(unit), count)
        for key, count in counts
        if (unit := found.get(int(key)))
    ]


def _areas(counts: list[tuple[str, int]], names: Names) -> list[FacetValue]:
    """Units with everything below them."""
    known = names.areas(key for key, _ in counts)
    name = _unit_name()
    return [
        FacetValue(key, name(unit), count, "".join(unit.ancestor_codes[-1:]))
        for key, count in counts
        if (unit := known.get(key))
    ]


def _sections(counts: list[tuple[str, int]], names: Names) -> list[FacetValue]:
    found = names.sections(int(key) for key, _ in counts)
    return [
        FacetValue(section.code, section.name, count)
        for key, count in counts
        if (section := found.get(int(key)))
    ]


def _type_label(name: str) -> str:
    """The name of a page type as people read it."""
    model = page_types().get(name)
    return str(model._meta.verbose_name).capitalize() if model else name


def _unit_name() -> Callable[[AdministrativeUnit], str]:
    """How units are called in the language of this moment."""
    is_vietnamese = get_language() in (None, settings.LANGUAGE_CODE)
    return attrgetter("name" if is_vietnamese else "english_name")
