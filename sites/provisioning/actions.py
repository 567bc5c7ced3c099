"""Make the sites of a unit and of everything below it from a blueprint."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.basepage.bulk import insert_pages
from sites.blueprints.loading import load_blueprints
from sites.blueprints.models import Blueprint, BlueprintSection
from sites.hosts.pages import get_page_model
from sites.hosts.registry import hosts_changed
from sites.units.models import AdministrativeUnit, Tier

logger = logging.getLogger("liencap.provisioning")
BATCH = 100


@dataclass
class ProvisionReport:
    """What was made; `failed` holds `{"code", "error"}` for each unit that could not be."""

    created: int = 0
    unchanged: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class ProvisionAction:
    """Give a home page, sections and a host to a unit and all units below it.

    Repeatable and resumable: units that have a site are left alone, each batch is one
    transaction, and a unit that fails is reported while the others go on.
    """

    under: str
    on: datetime.date | None = None
    blueprint: str | None = None
    progress: Callable[[int, int], None] = lambda done, total: None

    def check(self) -> None:
        """Raise ValidationError for an unknown unit or blueprint; otherwise return."""
        self._unit()
        named = Blueprint.objects.filter(name=self.blueprint)
        if self.blueprint and not named.exists():
            raise ValidationError(
                _("There is no blueprint “%(name)s”.") % {"name": self.blueprint[:60]}
            )

    def _unit(self) -> AdministrativeUnit:
        try:
            return AdministrativeUnit.objects.with_code(self.under[:5], self.on)
        except AdministrativeUnit.DoesNotExist as error:
            message = _("There is no administrative unit with the code %(code)s.")
            raise ValidationError(message % {"code": self.under[:20]}) from error

    def execute(self) -> ProvisionReport:
        """Make what is missing and report."""
        started = time.monotonic()
        load_blueprints()
        self.check()
        unit = self._unit()
        codes = [unit.pk, *unit.descendants(self.on).order_by("path").values_list("pk", flat=True)]
        have = set(Site.objects.order_by().values_list("root_page__unit_id", flat=True))
        wanted = [pk for pk in codes if pk not in have]
        report = ProvisionReport(unchanged=len(codes) - len(wanted))
        plans = self._plans()
        for batch in _batches(wanted):
            self._make(batch, plans, report)
            self.progress(report.unchanged + report.created + len(report.failed), len(codes))
        report.seconds = round(time.monotonic() - started, 2)
        return report

    def _plans(self) -> dict[str, list[BlueprintSection]]:
        """The sections to make, by tier."""
        plans: dict[str, list[BlueprintSection]] = {}
        for tier in Tier:
            entries = BlueprintSection.objects.filter(blueprint__tier=tier)
            chosen = entries.filter(blueprint__name=self.blueprint) if self.blueprint else None
            if not chosen:
                chosen = entries.filter(blueprint__is_default=True)
            plans[tier] = list(chosen.select_related("section", "blueprint").order_by("order"))
        return plans

    def _make(
        self, keys: Sequence[int], plans: dict[str, list[BlueprintSection]], report: ProvisionReport
    ) -> None:
        units = list(
            AdministrativeUnit.objects.filter(pk__in=keys).select_related("parent__parent")
        )
        try:
            make_sites(units, plans)
            report.created += len(units)
        except (DatabaseError, ValidationError) as error:
            if len(units) == 1:
                code = units[0].code
                logger.warning("Unit %s got no site: %s", code, error)
                report.failed.append({"code": code, "error": str(error).splitlines()[0]})
                return
            for key in keys:
                self._make([key], plans, report)


@transaction.atomic
def make_sites(
    units: Sequence[AdministrativeUnit], plans: dict[str, list[BlueprintSection]]
) -> None:
    """Insert home pages, sections and sites of some units in a constant number of statements."""
    root = get_page_model().objects.get(depth=1)
    homes = [_home_page(unit, plans[unit.tier]) for unit in units]
    insert_pages([(root, home) for home in homes])
    insert_pages(
        [
            (home, _section_page(entry))
            for unit, home in zip(units, homes, strict=True)
            for entry in plans[unit.tier]
        ]
    )
    port = 443 if settings.PORTAL_SCHEME == "https" else 80
    Site.objects.bulk_create(
        Site(hostname=unit.hostname, port=port, site_name=unit.name, root_page_id=home.pk)
        for unit, home in zip(units, homes, strict=True)
    )
    hosts_changed()


def _home_page(unit: AdministrativeUnit, plan: Sequence[BlueprintSection]) -> Any:
    place = ", ".join([unit.name, *(above.lower_name for above in _line(unit))])
    return apps.get_model("home", "SiteHomePage")(
        title=unit.name,
        headline_en=unit.english_name,
        slug=f"{unit.code}-{unit.label}",
        unit=unit,
        authority_vi=f"Ủy ban nhân dân {unit.lower_name}",
        authority_en=f"People's Committee of {unit.english_name}",
        responsible_vi="Trưởng Ban Biên tập",
        responsible_en="Head of the Editorial Board",
        address_vi=place,
        address_en=", ".join([unit.english_name, *(u.english_name for u in _line(unit))]),
        theme=plan[0].blueprint.theme if plan else "quoc-gia",
    )


def _line(unit: AdministrativeUnit) -> Iterator[AdministrativeUnit]:
    """The units above, nearest first."""
    while unit.parent is not None:
        unit = unit.parent
        yield unit


def _section_page(entry: BlueprintSection) -> Any:
    section: Any = entry.section
    return apps.get_model("sections", "SectionPage")(
        title=section.name_vi,
        headline_en=section.name_en,
        slug=section.code,
        section=section,
        intro_vi=section.description_vi,
        intro_en=section.description_en,
        in_menu=entry.in_menu,
        on_home=entry.on_home,
    )


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
