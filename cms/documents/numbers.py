"""Document numbers as they are stored, so that any spelling finds the document."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.text import DocumentNumber, document_numbers, fold


def read_number(text: str) -> DocumentNumber | None:
    """The number that a text is, or None when it follows no known form."""
    found = document_numbers(f"số {text.strip()}")
    return found[0] if found else None


def check_number(text: str) -> None:
    """Refuse what cannot be a number; forms that nobody knows yet pass if they hold digits.

    Raises ValidationError.
    """
    if not any(char.isdigit() for char in text) or len(text.split()) > 4:
        raise ValidationError(
            _("Write only the number and its symbol, for example 15/2024/QĐ-UBND.")
        )


def number_keys(text: str, issued_on: datetime.date | None) -> list[str]:
    """All keys under which a number may be asked for, the most exact first; [] without number."""
    if not text.strip():
        return []
    number = read_number(text)
    if number is None:
        return ["".join(char for char in fold(text) if char.isalnum())]
    if issued_on:
        number = number.with_year(issued_on.year)
    return list(dict.fromkeys(number.keys))
