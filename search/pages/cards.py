"""A short answer above the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

BETWEEN_PHONES = " · "


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; "" when nowhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A short answer: what it is about, rows of label and value, and where it comes from.

    `note` tells what became of a unit; `others` are what else was perhaps meant.
    """

    title: str
    url: str
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    others: tuple[Link, ...] = ()

    @property
    def shown(self) -> list[tuple[str, str, list[str]]]:
        """Rows with the telephone numbers in them, which can be called."""
        telephone = _("Telephone")
        return [
            (label, value, value.split(BETWEEN_PHONES) if label == telephone else [])
            for label, value in self.rows
        ]

    def as_json(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "title": self.title,
            "url": self.url or None,
            "rows": [{"label": label, "value": value} for label, value in self.rows],
            "note": self.note or None,
        }
