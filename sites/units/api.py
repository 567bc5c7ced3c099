"""`/api/v1/units`"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import AdministrativeUnit


@require_safe
def units(request: HttpRequest) -> JsonResponse:
    """A unit and everything below it (`?under=CODE`), or all provinces.

    Each with code, name, kind, tier, parent code, host and validity. 404 for an unknown code.
    """
    code = request.GET.get("under", "")
    if not code:
        found = AdministrativeUnit.objects.active().filter(tier="province")
    else:
        try:
            unit = AdministrativeUnit.objects.with_code(code.replace("\0", "?"))
        except AdministrativeUnit.DoesNotExist:
            error = _("There is no administrative unit with this code.")
            return JsonResponse({"error": error}, status=404)
        found = unit.descendants().order_by() | AdministrativeUnit.objects.filter(pk=unit.pk)
    rows = found.select_related("parent").order_by("path")
    return JsonResponse({"units": [as_json(row) for row in rows]})


def as_json(unit: AdministrativeUnit) -> dict[str, object]:
    """A unit as the API and the commands show it."""
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "tier": unit.tier,
        "parent": unit.parent.code if unit.parent else None,
        "host": unit.hostname,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }
