"""Audience tokens: `all`, `under:CODE`, `under:CODE:TIER`, `unit:CODE` (docs/decisions/0003)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _
from wagtail.models import Site

from sites.hosts.registry import host_map
from sites.units.models import AdministrativeUnit, Tier, UnitQuerySet

MAX_TOKENS = 400


def parse_audience(tokens: Iterable[str]) -> list[str]:
    """Check tokens and return them without repetition, in order.

    Raises ValidationError for a token that has no known form or names no unit.
    """
    wanted = list(dict.fromkeys(token.strip() for token in tokens if token.strip()))
    if not wanted:
        raise ValidationError(_("Choose at least one receiver."), code="empty")
    if len(wanted) > MAX_TOKENS:
        raise ValidationError(_("Too many single units; choose a whole tier instead."))
    codes = {code for token in wanted if (code := _code_of(token))}
    known = set(AdministrativeUnit.objects.filter(code__in=codes).values_list("code", flat=True))
    for code in sorted(codes - known):
        raise ValidationError(
            _("There is no administrative unit with the code %(code)s.") % {"code": code},
            code="unknown-unit",
        )
    return wanted


def _code_of(token: str) -> str:
    """The unit code inside a token; empty for `all`. Raises ValidationError."""
    form, *rest = token.split(":")
    if form == "all" and not rest:
        return ""
    if form == "unit" and len(rest) == 1 and rest[0].isdigit():
        return rest[0]
    tier_is_known = len(rest) == 1 or (len(rest) == 2 and rest[1] in Tier.values)
    if form == "under" and tier_is_known and rest[0].isdigit():
        return rest[0]
    raise ValidationError(
        _("“%(token)s” is not an audience.") % {"token": token[:60]}, code="unknown-token"
    )


def is_below(tokens: Iterable[str], unit: AdministrativeUnit) -> bool:
    """Whether every token names only units below a unit. One query."""
    tokens = list(tokens)
    if "all" in tokens:
        return False
    under = {token.split(":")[1] for token in tokens if token.startswith("under:")}
    single = {token.split(":")[1] for token in tokens if token.startswith("unit:")}
    outside = under - {unit.code} | single
    if not outside:
        return True
    inside = AdministrativeUnit.objects.below(unit).filter(code__in=outside)
    return outside == set(inside.values_list("code", flat=True))


def units_matching(tokens: Iterable[str]) -> UnitQuerySet:
    """The units that a set of tokens names now, each in the tree of its reference date."""
    condition = Q(pk__in=[])
    for token in tokens:
        condition |= _condition(token)
    return AdministrativeUnit.objects.filter(condition)


def receivers(tokens: Iterable[str]) -> UnitQuerySet:
    """The units with a site that receive what is pushed to these tokens, by code."""
    with_site = Site.objects.order_by().values("root_page__unit_id")
    return units_matching(tokens).filter(pk__in=with_site).order_by("path")


def count_receivers(tokens: Sequence[str]) -> int:
    """How many sites receive what is pushed to these tokens.

    One token, the usual case, is looked up in the map of hosts; several may overlap.
    """
    hosts = host_map()
    if len(tokens) == 1:
        return hosts.sites_by_token[tokens[0]]
    named = units_matching(tokens).order_by().values_list("pk", flat=True)
    return sum(pk in hosts.by_unit for pk in named)


def _condition(token: str) -> Q:
    form, *rest = token.split(":")
    if form == "all":
        return Q(pk__isnull=False)
    if form == "unit":
        return Q(code=rest[0])
    # Codes have fixed lengths by tier, so a code followed by a slash cannot be part of another.
    below = Q(path__startswith=f"{rest[0]}/") | Q(path__contains=f"/{rest[0]}/")
    below &= ~Q(code=rest[0])
    return below & Q(tier=rest[1]) if len(rest) == 2 else below


def describe(token: str, names: dict[str, str]) -> str:
    """A token in words; `names` gives unit names by code."""
    form, *rest = token.split(":")
    if form == "all":
        return _("Every site")
    name = names.get(rest[0], rest[0])
    if form == "unit":
        return name
    if len(rest) == 1:
        return _("Everything below %(name)s") % {"name": name}
    return _("%(tier)s below %(name)s") % {"tier": Tier(rest[1]).label, "name": name}


def describe_all(tokens: Iterable[str]) -> list[str]:
    """Tokens in words, with the names of their units. One query."""
    tokens = list(tokens)
    codes = {token.split(":")[1] for token in tokens if ":" in token}
    rows = AdministrativeUnit.objects.filter(code__in=codes).marked_with_site()
    # Of the units that carried a code the newest with a site is meant; the last one stays.
    rows = rows.order_by("has_site", F("valid_from").asc(nulls_first=True))  # type: ignore[misc]
    names = dict(rows.values_list("code", "name"))
    return [describe(token, names) for token in tokens]
