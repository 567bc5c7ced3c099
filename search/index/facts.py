"""What a page type tells the search besides words; the search itself knows no types."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """Facets and keys of one page.

    `numbers` are the page's own document numbers as written ("15/2024/QĐ-UBND"); `kind`, `field`,
    `issuer` and `validity` are Vietnamese names as readers know them, "" where a page has none.
    """

    numbers: tuple[str, ...] = ()
    kind: str = ""
    field: str = ""
    issuer: str = ""
    validity: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """A short answer: rows of a translated label and a value that stands in a field of the page.

    `until` is the moment from which the answer no longer holds; None when it does not age.
    """

    rows: tuple[tuple[str, str], ...]
    until: datetime.datetime | None = None
