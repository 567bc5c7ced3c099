"""Names of units as readers of each language know them."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from sites.units.models import AdministrativeUnit


def is_default_language() -> bool:
    """Whether the active language is Vietnamese."""
    return get_language() in (None, settings.LANGUAGE_CODE)


def unit_name(unit: AdministrativeUnit) -> str:
    """The name standing alone: "Huyện Thanh Hà", in English "Thanh Ha District"."""
    return unit.name if is_default_language() else unit.english_name


def unit_in_sentence(unit: AdministrativeUnit) -> str:
    """The name inside a sentence: "huyện Thanh Hà", in English "Thanh Ha District"."""
    return unit.lower_name if is_default_language() else unit.english_name
