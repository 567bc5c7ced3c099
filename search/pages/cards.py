"""A short answer above the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.text import tokens

BETWEEN_PHONES = " · "


def other_language(text: str) -> str:
    """The language of a text from a page's field where it is not that of the page, else ""."""
    if get_language() == settings.LANGUAGE_CODE:
        return ""
    return settings.LANGUAGE_CODE if any(token.has_marks for token in tokens(text)) else ""


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
    def shown(self) -> list[tuple[str, str, list[str], str]]:
        """Rows with the telephone numbers in them, which can be called, and with the language of
        the value where it is not that of the page."""
        telephone = _("Telephone")
        return [
            (
                label,
                value,
                value.split(BETWEEN_PHONES) if label == telephone else [],
                other_language(value),
            )
            for label, value in self.rows
        ]

    @property
    def title_language(self) -> str:
        """The language of the title where it is not that of the page."""
        return other_language(self.title)

    def as_json(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "title": self.title,
            "url": self.url or None,
            "rows": [{"label": label, "value": value} for label, value in self.rows],
            "note": self.note or None,
        }
