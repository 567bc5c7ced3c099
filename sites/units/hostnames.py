"""Host labels of units: short names without accents, told apart by kind, then by code.

Decree 224/2026/NĐ-CP art. 11.4: `tenphuongxa.tentinhthanh.gov.vn`, the full name without
accents. Labels once given never change, so the rule is applied only to units without one.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from search.text import slugify

if TYPE_CHECKING:
    from .models import AdministrativeUnit

RESERVED_LABELS = frozenset({"www", "quantri", "dichvucong", "mail", "api", "media", "static"})


def bare_label(name: str) -> str:
    """`Lê Thanh Nghị` → `lethanhnghi`."""
    return slugify(name).replace("-", "")[:50]


def assign_hosts(units: Sequence[AdministrativeUnit]) -> None:
    """Give labels and hosts to units that have none; parents must come before children.

    Only units that could meet are compared: those with the same parent host. Sets `label` and
    `host` in place and saves nothing.
    """
    fresh = [unit for unit in units if not unit.label]
    if not fresh:
        return
    for tier in ("province", "district", "commune"):
        groups: dict[str, list[AdministrativeUnit]] = defaultdict(list)
        for unit in fresh:
            if unit.tier == tier:
                groups[unit.parent.host if unit.parent else ""].append(unit)
        taken = _labels_in_use(groups, fresh)
        for parent_host, group in groups.items():
            _label_group(group, taken[parent_host])
            for unit in group:
                unit.host = f"{unit.label}.{parent_host}" if parent_host else unit.label


def _label_group(group: list[AdministrativeUnit], taken: set[str]) -> None:
    """Label siblings: by name; where names meet by kind and name; where those meet by code."""
    waiting = group
    for label_of in (
        lambda unit: bare_label(unit.short_name),
        lambda unit: bare_label(unit.kind) + bare_label(unit.short_name),
        lambda unit: f"{bare_label(unit.short_name)}-{unit.code}",
    ):
        candidates: dict[str, list[AdministrativeUnit]] = defaultdict(list)
        for unit in waiting:
            candidates[label_of(unit)].append(unit)
        waiting = []
        for label, claimants in candidates.items():
            if len(claimants) > 1 or label in taken or label in RESERVED_LABELS:
                waiting += claimants
                continue
            claimants[0].label = label
            taken.add(label)


def _labels_in_use(
    parent_hosts: Iterable[str], batch: Sequence[AdministrativeUnit]
) -> dict[str, set[str]]:
    """Labels under some parent hosts that units of an overlapping period hold, in one query."""
    from .models import AdministrativeUnit

    hosts = set(parent_hosts)
    taken: dict[str, set[str]] = {host: set() for host in hosts}
    parent = Q(parent__host__in=hosts) | (Q(parent=None) if "" in hosts else Q())
    start = min(unit.valid_from or datetime.date.min for unit in batch)
    end = max(unit.valid_to or datetime.date.max for unit in batch)
    held = AdministrativeUnit.objects.filter(
        parent,
        Q(valid_to=None) | Q(valid_to__gt=start),
        Q(valid_from=None) | Q(valid_from__lt=end),
    )
    for host, label in held.values_list(Coalesce("parent__host", Value("")), "label"):
        taken[host].add(label)
    return taken
