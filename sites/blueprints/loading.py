"""Sections, blueprints and mappings that the project ships; an office's own changes are kept."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from sites.units.models import Tier

from .models import Blueprint, BlueprintSection, Section, SectionMapping

DATA = Path(__file__).parent / "data"
NAMES = {
    Tier.PROVINCE: "Cổng tỉnh, thành phố",
    Tier.DISTRICT: "Trang cấp huyện",
    Tier.COMMUNE: "Trang xã, phường, thị trấn",
}

THEMES = {Tier.PROVINCE: "quoc-gia", Tier.DISTRICT: "song-hong", Tier.COMMUNE: "lua-chin"}


@transaction.atomic
def load_blueprints() -> None:
    """Create what is missing. Rows that exist stay as the office left them."""
    _load_sections()
    sections = {section.code: section for section in Section.objects.all()}
    for tier in Tier:
        if not Blueprint.objects.filter(tier=tier, is_default=True).exists():
            _create_default(tier, sections)
    for line in _read("mappings.csv"):
        SectionMapping.objects.get_or_create(
            tier=line["tier"],
            source=sections[line["source"]],
            defaults={"target": sections[line["target"]]},
        )


def _load_sections() -> None:
    known = set(Section.objects.values_list("code", flat=True))
    lines = [line for line in _read("sections.csv") if line["code"] not in known]
    for order, line in enumerate(lines, start=1):
        page_types = line.pop("page_types").split(",")
        Section.objects.create(order=order * 10, page_types=page_types, **line)


def _create_default(tier: Tier, sections: dict[str, Section]) -> None:
    blueprint = Blueprint.objects.create(
        name=NAMES[tier], tier=tier, is_default=True, theme=THEMES[tier]
    )
    lines = [line for line in _read("blueprints.csv") if line["tier"] == tier]
    BlueprintSection.objects.bulk_create(
        BlueprintSection(
            blueprint=blueprint,
            section=sections[line["section"]],
            order=order * 10,
            in_menu=line["in_menu"] == "1",
            on_home=line["on_home"] == "1",
            legal_basis=line["legal_basis"],
        )
        for order, line in enumerate(lines, start=1)
    )


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
