"""The address of a search ↔ a search request. Everything odd is refused with a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.index.requests import (
    DEFAULT_SIZE,
    LAST_RESULT,
    MAX_SIZE,
    Filters,
    Scope,
    SearchRequest,
    Sort,
)
from sites.blueprints.models import Section
from sites.units.models import AdministrativeUnit, Tier

MAX_VALUE = 60
# Names of agencies and fields are long.
LONGEST_NAME = 200
YEARS = range(1900, 2200)


def read_request(values: Mapping[str, Any], home: AdministrativeUnit | None) -> SearchRequest:
    """The search that query parameters ask for; `home` is the unit whose site was called.

    Raises ValidationError with one sentence for people.
    """
    unit = _unit(values, "unit") or home
    scope = Scope(_choice(values, "scope", [*Scope], Scope.ALL))
    if unit is None and scope != Scope.ALL:
        raise ValidationError(_("Say from which unit you search: parameter “unit”."))
    size = _number(values, "size", DEFAULT_SIZE, MAX_SIZE)
    return SearchRequest(
        text=values.get("q", ""),
        unit=unit,
        scope=scope,
        filters=_filters(values),
        sort=Sort(_choice(values, "sort", [*Sort], Sort.RELEVANCE)),
        page=_number(values, "page", 1, LAST_RESULT // size),
        size=size,
    )


def _filters(values: Mapping[str, Any]) -> Filters:
    since, until = _date(values, "from"), _date(values, "to")
    if since and until and since > until:
        raise ValidationError(_("The first day must not be after the last."))
    publisher = _text(values, "publisher")
    return Filters(
        type=_text(values, "type"),
        area=_area(values),
        kind=_text(values, "kind", LONGEST_NAME),
        field=_text(values, "field", LONGEST_NAME),
        issuer=_text(values, "issuer", LONGEST_NAME),
        validity=_text(values, "validity", LONGEST_NAME),
        file_type=_text(values, "file_type"),
        tier=_choice(values, "tier", Tier.values, ""),
        section_id=_section(values),
        unit_ids=_unit_ids(publisher) if publisher else (),
        since=since,
        until=until,
        language=_choice(values, "lang", ["vi", "en"], ""),
    )


def _area(values: Mapping[str, Any]) -> str:
    """The code of a unit that exists or existed."""
    code = _text(values, "area")
    if code:
        _unit_ids(code)
    return code


def _text(values: Mapping[str, Any], name: str, longest: int = MAX_VALUE) -> str:
    value = str(values.get(name, "")).strip()
    if len(value) > longest or "\0" in value:
        raise _bad(name, value)
    return value


def _choice(values: Mapping[str, Any], name: str, allowed: list[Any], default: Any) -> str:
    value = _text(values, name)
    if value and value not in allowed:
        raise _bad(name, value)
    return value or default


def _number(values: Mapping[str, Any], name: str, default: int, largest: int) -> int:
    value = _text(values, name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 7 and 1 <= int(value) <= largest):
        raise ValidationError(
            _("“%(value)s” is no value for “%(name)s”: a number from 1 to %(largest)s is needed.")
            % {"value": value[:20], "name": name, "largest": largest}
        )
    return int(value)


def _date(values: Mapping[str, Any], name: str) -> datetime.date | None:
    value = _text(values, name)
    day = read_date(value)
    if day or not value:
        return day
    raise ValidationError(
        _("“%(value)s” is not a date; write it like 2025-06-30.") % {"value": value[:20]}
    )


def read_date(value: str) -> datetime.date | None:
    """The day that is written in an address, such as 2025-06-30 or 30/06/2025; None if none is."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.datetime.strptime(value, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
        if day.year in YEARS:
            return day
    return None


def _section(values: Mapping[str, Any]) -> int | None:
    code = _text(values, "section")
    if not code:
        return None
    section = Section.objects.filter(code=code).values_list("pk", flat=True).first()
    if section is None:
        raise ValidationError(_("There is no section “%(code)s”.") % {"code": code[:40]})
    return section


def _unit(values: Mapping[str, Any], name: str) -> AdministrativeUnit | None:
    code = _text(values, name)
    if not code:
        return None
    try:
        return AdministrativeUnit.objects.with_code(code)
    except AdministrativeUnit.DoesNotExist as error:
        raise _no_unit(code) from error


def _unit_ids(code: str) -> tuple[int, ...]:
    """All units that ever carried a code: their pages lie side by side on one site."""
    found = tuple(AdministrativeUnit.objects.filter(code=code).values_list("pk", flat=True))
    if not found:
        raise _no_unit(code)
    return found


def _no_unit(code: str) -> ValidationError:
    return ValidationError(
        _("There is no administrative unit with the code %(code)s.") % {"code": code[:20]}
    )


def _bad(name: str, value: str) -> ValidationError:
    return ValidationError(
        _("“%(value)s” is no value for “%(name)s”.") % {"value": value[:20], "name": name}
    )
