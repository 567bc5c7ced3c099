"""Articles that stand in a section whose list is of another type: shown below that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from cms.basepage.models import BasePage
from sites.distribution.listing import Item
from sites.distribution.sections import SiteSections

from .items import items_of
from .queries import ARTICLE, Shelf

PAGE_SIZE = 8
PARAMETER = "bai"


@dataclass
class Beside:
    """Some of the section's articles, the newest first; `older` and `newer` are pages or None."""

    items: list[Item]
    newer: int | None
    older: int | None

    @classmethod
    def of(cls, request: HttpRequest, shelf: Shelf, sections: SiteSections) -> Self | None:
        """From `?bai=N`; None where the section has no articles. Two queries."""
        articles = shelf.beside(ARTICLE)
        if not articles.present:
            return None
        raw = request.GET.get(PARAMETER, "1")
        number = int(raw) if raw.isascii() and raw.isdigit() and 0 < len(raw) < 5 else 1
        number = max(number, 1)
        listed = articles.newest(number * PAGE_SIZE + 1)[(number - 1) * PAGE_SIZE :]
        items = items_of(listed[:PAGE_SIZE], BasePage.objects.all(), sections)
        older = number + 1 if len(listed) > PAGE_SIZE else None
        return cls(items, number - 1 or None, older)
