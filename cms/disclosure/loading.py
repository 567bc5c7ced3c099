"""The groups that the law names; an office's own changes are kept."""

from __future__ import annotations

import csv
from pathlib import Path

from .models import DisclosureGroup

FILE = Path(__file__).parent / "data" / "groups.csv"


def load_groups() -> None:
    """Create what is missing. Rows that exist stay as the office left them."""
    known = set(DisclosureGroup.objects.values_list("code", flat=True))
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["code"] not in known:
                DisclosureGroup.objects.create(
                    code=line["code"],
                    number=int(line["number"]),
                    law=line["law"],
                    tiers=line["tiers"].split(","),
                    period=line["period"],
                    days=int(line["days"]),
                    is_personal=line["is_personal"] == "1",
                    name_vi=line["name_vi"],
                    name_en=line["name_en"],
                )
