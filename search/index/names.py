"""Units and sections that results and facets name, kept by a process while they stand.

They change rarely, and the database tells when (sites/hosts/versions.py); asking for them again
with every search would be half of its queries.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from sites.blueprints.models import Section
from sites.hosts.registry import host_map
from sites.units.models import AdministrativeUnit


class Names:
    """What has been asked for so far; what is not known yet is read. One query a call at most."""

    def __init__(self) -> None:
        self._units: dict[int, AdministrativeUnit] = {}
        self._areas: dict[str, AdministrativeUnit] = {}
        self._sections: dict[int, Section] = {}
        self._above: dict[int, tuple[int, ...]] = {}

    def units(self, ids: Iterable[int]) -> dict[int, AdministrativeUnit]:
        """The units with these ids, without those that are gone."""
        wanted = set(ids)
        if missing := wanted - self._units.keys():
            self._units |= AdministrativeUnit.objects.in_bulk(missing)
        return {pk: self._units[pk] for pk in wanted & self._units.keys()}

    def areas(self, codes: Iterable[str]) -> dict[str, AdministrativeUnit]:
        """The units with these codes; of several with one code, that which has a site."""
        wanted = set(codes)
        if missing := wanted - self._areas.keys():
            with_site = host_map().by_unit
            units = AdministrativeUnit.objects.filter(code__in=missing)
            ordered = sorted(units, key=lambda unit: (unit.pk in with_site, unit.pk))
            self._areas |= {unit.code: unit for unit in ordered}
        return {code: self._areas[code] for code in wanted & self._areas.keys()}

    def sections(self, ids: Iterable[int]) -> dict[int, Section]:
        """The sections with these ids, without those that are gone."""
        wanted = set(ids)
        if missing := wanted - self._sections.keys():
            self._sections |= Section.objects.in_bulk(missing)
        return {pk: self._sections[pk] for pk in wanted & self._sections.keys()}

    def above(self, unit: AdministrativeUnit) -> tuple[int, ...]:
        """The ids of the units above a unit, from the top."""
        if unit.pk not in self._above:
            has_any = bool(unit.ancestor_codes)
            ids = unit.ancestors().values_list("pk", flat=True) if has_any else ()
            self._above[unit.pk] = tuple(ids)
        return self._above[unit.pk]


_kept: tuple[Hashable, Names] = (None, Names())


def names_for(version: Hashable) -> Names:
    """The names at a version of `versions.version_of`; None for a call of its own keeps nothing."""
    global _kept
    if version is None:
        return Names()
    if _kept[0] != version:
        _kept = (version, Names())
    return _kept[1]
