"""What stands around the content on every page of a site: levels, neighbours, sections, contact.

Everything is read when a template first asks for it, and kept in this process until something
that stands around pages changes anywhere (sites/hosts/versions.py).
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, Subquery
from django.http import HttpRequest
from django.utils.functional import cached_property

from cms.media.renditions import make_renditions
from search.text.collation import sort_key
from sites.distribution.sections import SiteSections, sections_of
from sites.hosts.registry import Portal, portal_of_unit
from sites.hosts.versions import VersionedCache
from sites.units.models import AdministrativeUnit, Kind, Tier

from .names import unit_name
from .styles.locks import locking_homes
from .styles.looks import BANNER, LOGO, Look, look_of

KIND_ORDER = [
    Kind.THANH_PHO, Kind.THI_XA, Kind.QUAN, Kind.HUYEN,
    Kind.PHUONG, Kind.THI_TRAN, Kind.XA, Kind.DAC_KHU,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A unit, and its site in the active language ("" when it has none)."""

    unit: AdministrativeUnit
    name: str
    url: str
    is_here: bool = False
    below: list[UnitLink] = field(default_factory=list)


def site_url(portal: Portal | None) -> str:
    """The home page of a site in the active language."""
    from cms.basepage.models import language_prefix

    return f"{portal.root_url}{language_prefix()}" if portal else ""


def by_name(unit: AdministrativeUnit) -> tuple[int, str]:
    """Cities before towns before rural units, each in the order of the Vietnamese alphabet."""
    order = KIND_ORDER.index(Kind(unit.kind)) if unit.kind in KIND_ORDER else 0
    return order, sort_key(unit.short_name)


class Surroundings:
    """The frame of one site during one request: no query when this process knows it already."""

    def __init__(self, request: HttpRequest, portal: Portal) -> None:
        self.request = request
        self.portal = portal

    @cached_property
    def _line(self) -> list[AdministrativeUnit]:
        """The unit and everything above it at its date, the province first."""
        return _lines.get(self.request, self.portal.unit_id, self._read_line)

    def _read_line(self) -> list[AdministrativeUnit]:
        own_path = AdministrativeUnit.objects.filter(pk=self.portal.unit_id).values("path")[:1]
        rows = AdministrativeUnit.objects.alias(own_path=Subquery(own_path)).filter(
            own_path__startswith=F("path")
        )
        found = list(rows.order_by("path"))
        own = next(unit for unit in found if unit.pk == self.portal.unit_id)
        date = own.reference_date
        return [
            unit for unit in found if unit is own or unit.path != own.path and unit.is_active(date)
        ]

    @cached_property
    def unit(self) -> AdministrativeUnit:
        """The unit whose site this is."""
        return self._line[-1]

    @cached_property
    def tiers(self) -> list[UnitLink]:
        """The levels from the province down to this unit."""
        return [self._link(unit) for unit in self._line]

    @cached_property
    def neighbours(self) -> list[UnitLink]:
        """Units with a site one level below; for a commune those beside it.

        A province's districts carry their communes in `below`; communes that belong to no
        district stand directly in the list.
        """
        return _neighbours.get(self.request, self.portal.unit_id, self._read_neighbours)

    def _read_neighbours(self) -> list[UnitLink]:
        centre = self.unit
        if centre.tier == Tier.COMMUNE and len(self._line) > 1:
            centre = self._line[-2]
        rows = AdministrativeUnit.objects.below(centre).active(self.unit.reference_date)
        return self._tree(list(rows), centre)

    @property
    def whole_province(self) -> list[UnitLink]:
        """All units with a site of the province, districts with their communes `below`."""
        top = self._line[0]
        rows = AdministrativeUnit.objects.below(top).active(self.unit.reference_date)
        return self._tree(list(rows), top)

    @cached_property
    def _sections(self) -> SiteSections:
        return sections_of(self.request, self.unit)

    @cached_property
    def sections(self) -> list[Any]:
        """All section pages of this site, in their order."""
        return self._sections.pages

    @cached_property
    def home(self) -> Any:
        """The site's home page with contact, responsible persons and theme; None when it is gone.

        A copy of one's own: what a request hangs on it reaches no other request.
        """
        home = copy.copy(_homes.get(self.request, self.portal.root_page_id, self._read_home))
        if home is not None:
            home.unit = self.unit
        return home

    def _read_home(self) -> Any:
        model = apps.get_model("home", "SiteHomePage")
        homes = model.objects.select_related("logo", "banner")
        return homes.filter(pk=self.portal.root_page_id).first()

    @cached_property
    def look(self) -> Look:
        """Palette, emblem and banner of the site."""
        return _looks.get(self.request, self.portal.unit_id, lambda: self._look_of(self.home))

    def _look_of(self, home: Any) -> Look:
        return look_of(home, locking_homes(self.unit))

    def look_with(self, home: Any) -> Look:
        """The look that the site would have with a home page that is being edited.

        Makes the sizes of its pictures: the editor waits for them, no reader does.
        """
        make_look(home)
        return self._look_of(home)

    def _link(self, unit: AdministrativeUnit, below: Iterable[UnitLink] = ()) -> UnitLink:
        url = site_url(portal_of_unit(unit.pk))
        return UnitLink(unit, unit_name(unit), url, unit.pk == self.portal.unit_id, list(below))

    def _tree(self, units: list[AdministrativeUnit], centre: AdministrativeUnit) -> list[UnitLink]:
        by_parent: dict[int | None, list[AdministrativeUnit]] = {}
        for unit in sorted(units, key=by_name):
            by_parent.setdefault(unit.parent_id, []).append(unit)

        def links(parent_id: int) -> list[UnitLink]:
            made = (self._link(unit, links(unit.pk)) for unit in by_parent.get(parent_id, ()))
            return [link for link in made if link.url or link.below]

        return links(centre.pk)


def make_look(home: Any) -> None:
    """Make emblem and banner of a home page in the sizes of the frame."""
    for image, spec in ((home.logo, LOGO), (home.banner, BANNER)):
        if image is not None:
            make_renditions(image, [spec])


_lines: VersionedCache[list[AdministrativeUnit]] = VersionedCache()
_neighbours: VersionedCache[list[UnitLink]] = VersionedCache()
_homes: VersionedCache[Any] = VersionedCache()
_looks: VersionedCache[Look] = VersionedCache()


def surroundings_of(request: HttpRequest) -> Surroundings | None:
    """The frame of the requested site; None on the editors' host. One per request."""
    portal: Portal | None = getattr(request, "portal", None)
    if portal is None:
        return None
    found: Surroundings | None = getattr(request, "_surroundings", None)
    if found is None or found.portal != portal:
        found = request._surroundings = Surroundings(request, portal)  # type: ignore[attr-defined]
    return found
