"""Load the units of 2024 and 2025 and the reform between them, and report what is wrong in them.

The reform: Resolution 202/2025/QH15 and Law 72/2025/QH15; from 1 July 2025 there are provinces
and communes only. The three files under `data/` are facts, not clean: every defect is reported.
"""

from __future__ import annotations

import csv
import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from .hostnames import assign_hosts
from .models import AdministrativeUnit, Kind, Succession, Tier, unit_path

DATA = Path(__file__).parent / "data"
REFORM = datetime.date(2025, 7, 1)
TIER_BY_CODE_LENGTH = {2: Tier.PROVINCE, 3: Tier.DISTRICT, 5: Tier.COMMUNE}


@dataclass
class Row:
    """One line of a units file, checked."""

    code: str
    kind: str
    short_name: str
    name: str
    parent: str

    @property
    def tier(self) -> Tier:
        return TIER_BY_CODE_LENGTH[len(self.code)]


@dataclass
class Report:
    """What a load did; `problems` are sentences that name the line's codes."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def load_units(folder: Path = DATA) -> Report:
    """Bring the table to what the files say. Repeatable; never deletes a unit."""
    report = Report()
    old_rows = _read_units(folder / "units-2024.csv", report)
    new_rows = _read_units(folder / "units-2025.csv", report)
    continuing = {code for code, row in new_rows.items() if _continues(old_rows.get(code), row)}
    old = _store(old_rows, None, REFORM, continuing, report)
    fresh = {code: row for code, row in new_rows.items() if code not in continuing}
    kept = {code: old[code] for code in continuing}
    new = kept | _store(fresh, REFORM, None, set(), report, parents=kept)
    report.unchanged += len(continuing)
    _store_successions(folder / "reform-2025.csv", old, new, report)
    _count_rows()
    return report


def _count_rows() -> None:
    """Without statistics, which may come a minute later, joins over all units take minutes."""
    with connection.cursor() as cursor:
        for model in (AdministrativeUnit, Succession):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _continues(before: Row | None, after: Row) -> bool:
    """Whether a unit of 2025 is the unit of 2024 under the same parent, name and kind.

    True of provinces only: every commune lost its district on the day of the reform.
    """
    return before == after and after.tier == Tier.PROVINCE


def _read_units(path: Path, report: Report) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            row = Row(**{key: unicodedata.normalize("NFC", line[key].strip()) for key in line})
            problem = _problem_of(row, rows)
            if problem:
                report.problems.append(f"{path.name}:{number}: {problem}")
                continue
            rows[row.code] = row
    return rows


def _problem_of(row: Row, known: dict[str, Row]) -> str:
    if len(row.code) not in TIER_BY_CODE_LENGTH or not row.code.isdigit():
        return f"code {row.code!r} is not a code of 2, 3 or 5 digits"
    if row.code in known:
        return f"code {row.code} stands twice"
    if row.kind not in Kind.values:
        return f"unit {row.code} has the unknown kind {row.kind!r}"
    if row.parent and row.parent not in known:
        return f"unit {row.code} names the unknown parent {row.parent}"
    if not row.short_name or not row.name:
        return f"unit {row.code} has no name"
    return ""


def _store(
    rows: dict[str, Row],
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
    open_ended: set[str],
    report: Report,
    parents: dict[str, AdministrativeUnit] | None = None,
) -> dict[str, AdministrativeUnit]:
    """Create or update the units of one period, parents before children."""
    existing = {
        unit.code: unit
        for unit in AdministrativeUnit.objects.filter(valid_from=valid_from, code__in=rows)
    }
    stored: dict[str, AdministrativeUnit] = {}
    known = dict(parents or {})
    fresh: list[AdministrativeUnit] = []
    for row in sorted(rows.values(), key=lambda row: (len(row.code), row.code)):
        parent = known.get(row.parent)
        values: dict[str, object] = {
            "kind": row.kind,
            "tier": row.tier.value,
            "short_name": row.short_name,
            "name": row.name,
            "valid_to": None if row.code in open_ended else valid_to,
            "path": unit_path(parent, row.code),
        }
        unit = existing.get(row.code)
        if unit is None:
            unit = AdministrativeUnit(code=row.code, valid_from=valid_from, parent=parent, **values)
            fresh.append(unit)
        else:
            _update(unit, values, parent, report)
        stored[row.code] = known[row.code] = unit
    _insert(fresh)
    report.created += len(fresh)
    return stored


def _insert(fresh: list[AdministrativeUnit]) -> None:
    """Insert level by level, so that parents have their keys before their children need them."""
    assign_hosts(fresh)
    for tier in Tier:
        level = [unit for unit in fresh if unit.tier == tier]
        AdministrativeUnit.objects.bulk_create(level, batch_size=1000)


def _update(
    unit: AdministrativeUnit,
    values: dict[str, object],
    parent: AdministrativeUnit | None,
    report: Report,
) -> None:
    changed = [name for name, value in values.items() if getattr(unit, name) != value]
    if unit.parent_id != (parent.pk if parent else None):
        changed.append("parent")
    if not changed:
        report.unchanged += 1
        return
    for name, value in values.items():
        setattr(unit, name, value)
    unit.parent = parent
    unit.save()
    report.updated += 1


def _store_successions(
    path: Path,
    old: dict[str, AdministrativeUnit],
    new: dict[str, AdministrativeUnit],
    report: Report,
) -> None:
    wanted = list(_commune_successions(path, old, new, report))
    wanted += _derived_successions(wanted)
    have = {(pair.old_id, pair.new_id) for pair in Succession.objects.only("old_id", "new_id")}
    missing = [pair for pair in wanted if (pair.old_id, pair.new_id) not in have]
    Succession.objects.bulk_create(missing, batch_size=2000)


def _commune_successions(
    path: Path,
    old: dict[str, AdministrativeUnit],
    new: dict[str, AdministrativeUnit],
    report: Report,
) -> Iterator[Succession]:
    followed: set[str] = set()
    founded: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            unknown = [
                f"{side} commune {line[side]}"
                for side, units in (("old", old), ("new", new))
                if line[side] not in units
            ]
            if unknown:
                report.problems.append(f"{path.name}:{number}: unknown {' and '.join(unknown)}")
                continue
            followed.add(line["old"])
            founded.add(line["new"])
            yield Succession(old=old[line["old"]], new=new[line["new"]], extent=line["extent"])
    communes_before = {code for code, unit in old.items() if unit.tier == Tier.COMMUNE}
    communes_after = {code for code, unit in new.items() if unit.tier == Tier.COMMUNE}
    for code in sorted(communes_before - followed):
        report.problems.append(f"{path.name}: old commune {code} {old[code]} has no successor")
    for code in sorted(communes_after - founded):
        report.problems.append(f"{path.name}: new commune {code} {new[code]} has no origin")


def _derived_successions(communes: list[Succession]) -> list[Succession]:
    """Districts became the communes of their communes; provinces the provinces of them."""
    districts: dict[tuple[int, int], Succession] = {}
    provinces: dict[AdministrativeUnit, set[AdministrativeUnit]] = defaultdict(set)
    for pair in communes:
        district = pair.old.parent
        if district is None or district.parent is None or pair.new.parent is None:
            continue
        districts[district.pk, pair.new.pk] = Succession(
            old=district, new=pair.new, extent=Succession.Extent.PART
        )
        if district.parent.valid_to:
            provinces[district.parent].add(pair.new.parent)
    derived = list(districts.values())
    for province, successors in provinces.items():
        extent = Succession.Extent.WHOLE if len(successors) == 1 else Succession.Extent.PART
        derived += [Succession(old=province, new=new, extent=extent) for new in successors]
    return derived
