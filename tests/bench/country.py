"""`python -m tests.bench.country`: provision every province, and print memory after each.

A process of its own, so that its memory is that of provisioning alone.
"""

from __future__ import annotations

import json
import os

import django

from .children import peak_memory


def provision_all() -> list[dict[str, float]]:
    """Sites so far and peak memory in MB after each province."""
    from sites.provisioning.actions import ProvisionAction
    from sites.units.models import AdministrativeUnit, Tier

    from .harness import say
    from .world import ON

    provinces = AdministrativeUnit.objects.active(ON).filter(tier=Tier.PROVINCE)
    steps: list[dict[str, float]] = []
    sites = 0
    for code in provinces.order_by("code").values_list("code", flat=True):
        report = ProvisionAction(under=code, on=ON).execute()
        assert not report.failed, report.failed[:3]
        sites += report.created + report.unchanged
        steps.append({"sites": sites, "peak": peak_memory()})
        if len(steps) % 9 == 0:
            say(f"    {sites:,} sites")
    return steps


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    print(json.dumps(provision_all()))
