"""What every template of a site needs: unit, levels, sections. Filled in by `portal`."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .surroundings import surroundings_of


def portal(request: HttpRequest) -> dict[str, object]:
    """The frame of the requested site; nothing on the editors' host.

    `portal`, `unit`, `tiers`, `neighbours`, `sections`, `home` and `look` (see `Surroundings`),
    each read only when a template uses it, and `search_url`.
    """
    around = surroundings_of(request)
    if around is None:
        return {}
    from cms.basepage.models import language_prefix

    return {
        "portal": around.portal,
        "unit": SimpleLazyObject(lambda: around.unit),
        "tiers": SimpleLazyObject(lambda: around.tiers),
        "neighbours": SimpleLazyObject(lambda: around.neighbours),
        "sections": SimpleLazyObject(lambda: around.sections),
        "home": SimpleLazyObject(lambda: around.home),
        "look": SimpleLazyObject(lambda: around.look),
        "home_url": language_prefix(),
        "search_url": f"{language_prefix()}tim-kiem/",
    }
