"""Offices and officials of the province, of Thanh Hà, and of Thanh Hà's communes."""

from __future__ import annotations

import random
from collections.abc import Sequence

from cms.organisation.models import OfficePage, OfficialPage
from sites.units.models import AdministrativeUnit

from ..content_files import CONTENT, Raw, read
from .writing import Writing, both, common, items

FOLDER = CONTENT / "organisation"
Offices = dict[tuple[str, str], OfficePage]
DISTRICT = "294"


class OfficeFiller:
    """Offices first, officials once the offices have keys."""

    def __init__(self, units: Sequence[AdministrativeUnit], names: dict[str, dict[str, str]]):
        self.names = names
        self.pattern = read(FOLDER / "communes.toml")
        files = [read(FOLDER / "province.toml"), read(FOLDER / "thanh-ha.toml")]
        self.plans: list[tuple[str, Raw]] = [(plan["unit"], plan) for plan in files]
        communes = [unit.code for unit in units if unit.path.split("/")[1:2] == [DISTRICT]]
        self.plans += [(code, self.pattern) for code in communes if code != DISTRICT]
        self.offices: Offices = {}

    def write_offices(self, writing: Writing) -> None:
        """All offices, not yet under one another."""
        for code, plan in self.plans:
            for order, raw in enumerate(plan["office"], start=1):
                names = self.names[code]
                page = OfficePage(
                    **common("office", f"{code}-{raw['key']}", raw, names),
                    **both(raw, ["address", "hours"], names),
                    phone=raw.get("phone", "").format(**names),
                    order=order * 10,
                    body_vi=items([duty.format(**names) for duty in raw.get("duties", [])]),
                    body_en=items([duty.format(**names) for duty in raw.get("duties_en", [])]),
                )
                self.offices[code, raw["key"]] = page
                writing.add(code, "to-chuc-bo-may", page)

    def connect(self) -> None:
        """Put each office under its upper one. One statement."""
        below = []
        for code, plan in self.plans:
            for raw in plan["office"]:
                page = self.offices[code, raw["key"]]
                if "under" in raw and page.pk:
                    page.parent_office_id = self.offices[code, raw["under"]].pk
                    below.append(page)
        OfficePage.objects.bulk_update(below, ["parent_office"])

    def write_officials(self, writing: Writing) -> None:
        """The posts; in communes held by invented people."""
        for code, plan in self.plans:
            for raw in plan["official"]:
                writing.add(code, "to-chuc-bo-may", self._official(code, plan, raw))

    def _official(self, code: str, plan: Raw, raw: Raw) -> OfficialPage:
        names = self.names[code]
        position = raw["position"].format(**names)
        named = {"title": position, "title_en": raw.get("position_en", "")}
        if plan is self.pattern:
            person = self._invented(code, raw["key"])
            named = {"title": person, "title_en": person}
            named |= {"summary": plan["marker"], "summary_en": plan["marker_en"]}
        return OfficialPage(
            **common("official", f"{code}-{raw['key']}", raw | named, names),
            **both(raw, ["position", "reception"], names),
            duties_vi="\n".join(duty.format(**names) for duty in raw["duties"]),
            duties_en="\n".join(duty.format(**names) for duty in raw.get("duties_en", [])),
            office_id=self.offices[code, raw["office"]].pk,
            rank=raw["rank"],
            term_from=2021,
            term_to=2026,
            phone=raw.get("phone", "").format(**names),
        )

    def _invented(self, code: str, key: str) -> str:
        chance = random.Random(f"person-{code}-{key}")  # noqa: S311 (repeatable, not secret)
        family = chance.choice(self.pattern["family_names"])
        return f"{family} {chance.choice(self.pattern['given_names'])}"
