"""How tests of residents' pages ask for a page and look into it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.test import Client

from sites.units.models import AdministrativeUnit

Reader = Callable[[AdministrativeUnit], Client]


def text_of(response: HttpResponseBase) -> str:
    """The markup of an answer."""
    return response.content.decode()  # type: ignore[attr-defined]


def part(text: str, start: str, end: str) -> str:
    """The markup between two marks; fails when one is missing."""
    return text[text.index(start) : text.index(end, text.index(start))]
