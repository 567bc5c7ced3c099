"""What every template of a site needs: unit, levels, sections. Filled in by `portal`."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sites.hosts.registry import Portal

from .surroundings import Surroundings


def portal(request: HttpRequest) -> dict[str, object]:
    """The frame of the requested site; nothing on the editors' host.

    `portal`, `unit`, `tiers`, `neighbours`, `sections` and `home` (see `Surroundings`), each read
    only when a template uses it, and `search_url`.
    """
    found: Portal | None = getattr(request, "portal", None)
    if found is None:
        return {}
    from cms.basepage.models import language_prefix

    around = Surroundings(request, found)
    return {
        "portal": found,
        "unit": SimpleLazyObject(lambda: around.unit),
        "tiers": SimpleLazyObject(lambda: around.tiers),
        "neighbours": SimpleLazyObject(lambda: around.neighbours),
        "sections": SimpleLazyObject(lambda: around.sections),
        "home": SimpleLazyObject(lambda: around.home),
        "home_url": language_prefix(),
        "search_url": f"{language_prefix()}tim-kiem/",
    }
