"""What every template of a site needs: the unit, its levels, its sections. Filled in by `portal`."""

from __future__ import annotations

from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Nothing on the editors' host."""
    return {}
