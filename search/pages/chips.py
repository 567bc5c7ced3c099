"""The restrictions of a search in words, each with the link that takes it away."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from search.index.requests import FacetValue
from sites.blueprints.models import Section
from sites.units.models import AdministrativeUnit, Tier
from themes.names import unit_name

from .addresses import YEAR, Address, Choice
from .params import read_date

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def chips(address: Address, facets: dict[str, list[FacetValue]]) -> list[Choice]:
    """One for each restriction in use."""
    found = [
        Choice(label, address.with_(**{name: None}), True)
        for name, label in _labels(address, facets)
    ]
    if address.uses(*YEAR):
        found.append(Choice(_period(address), address.with_(**dict.fromkeys(YEAR)), True))
    return found


def _labels(address: Address, facets: dict[str, list[FacetValue]]) -> Iterator[tuple[str, str]]:
    """`(parameter, name of its value)`. A query only for a name that no result has."""
    for name in ("type", "kind", "field", "issuer", "validity", "file_type"):
        if value := address.get(name):
            yield name, _known(facets, name, value) or value
    for name in ("area", "publisher"):
        if code := address.get(name):
            yield name, _known(facets, "area", code) or _unit(code)
    if code := address.get("section"):
        yield "section", _known(facets, "section", code) or _section(code)
    if tier := address.get("tier"):
        yield "tier", str(Tier(tier).label)
    if code := address.get("lang"):
        yield "lang", LANGUAGES[code]


def _known(facets: dict[str, list[FacetValue]], facet: str, value: str) -> str:
    return next((known.label for known in facets.get(facet, []) if known.value == value), "")


def _unit(code: str) -> str:
    unit = AdministrativeUnit.objects.filter(code=code).order_by("-pk").first()
    return unit_name(unit) if unit else code


def _section(code: str) -> str:
    section = Section.objects.filter(code=code).first()
    return section.name if section else code


def _period(address: Address) -> str:
    """The time of publication; the dates are ones that `read_request` has accepted."""
    days = [read_date(address.get(name)) for name in YEAR]
    since, until = (formats.date_format(day, "d/m/Y") if day else "" for day in days)
    if since[:5] == "01/01" and until == f"31/12/{since[6:]}":
        return _("Year %(year)s") % {"year": since[6:]}
    if since and until:
        return _("%(since)s to %(until)s") % {"since": since, "until": until}
    return _("since %(day)s") % {"day": since} if since else _("until %(day)s") % {"day": until}
