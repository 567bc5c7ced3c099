"""What is searched, counted without keeping who searched or what only few people typed.

See docs/decisions/0028-search-statistics.md.
"""

from __future__ import annotations

import datetime
import hmac
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.text import Query, Token, fold, parse_query, query_numbers

from .models import QueryCount

# The query itself is stored from this occurrence on; before, only its keyed hash is.
SHOWN_FROM = 3
KEPT_MONTHS = 24
LONGEST, MOST_WORDS = 100, 12
# Telephone numbers have 10 digits, identity numbers 9 or 12; document numbers have fewer.
MOST_DIGITS = 8
EVERYWHERE = ""

DATE_OF_BIRTH = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
SURNAMES = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "đào",
        "đoàn",
        "vương",
        "trịnh",
        "trương",
        "đinh",
        "lâm",
        "mai",
        "tô",
        "hà",
        "tạ",
        "lương",
        "nguyen",
        "huynh",
    ]
)
FOLDED_SURNAMES = frozenset(map(fold, SURNAMES))
MIDDLE_NAMES = frozenset(
    [
        "văn",
        "thị",
        "hữu",
        "đức",
        "xuân",
        "minh",
        "ngọc",
        "thanh",
        "quang",
        "công",
        "đình",
        "van",
        "thi",
    ]
)

COUNT = """
    INSERT INTO search_office_querycount AS q
        (unit_code, month, key, text, searches, empty, clicks)
    SELECT t.unit_code, %(month)s, t.key, '', 1, %(empty)s, 0
    FROM unnest(%(units)s::varchar[], %(keys)s::bytea[]) AS t(unit_code, key)
    ON CONFLICT (month, unit_code, key) DO UPDATE SET
        searches = q.searches + 1,
        empty = q.empty + EXCLUDED.empty,
        text = CASE WHEN q.searches + 1 < %(shown_from)s THEN ''
                    WHEN q.text IN ('', %(folded)s) THEN %(text)s ELSE q.text END
"""
CLICK = """
    UPDATE search_office_querycount SET clicks = least(clicks + 1, searches)
    WHERE month = %(month)s AND (unit_code, key) IN (
        SELECT * FROM unnest(%(units)s::varchar[], %(keys)s::bytea[]))
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """A query as it is counted on a site and in the whole installation."""

    month: datetime.date
    units: list[str]
    keys: list[bytes]
    text: str
    folded: str


def counted(query: Query, unit_code: str, month: datetime.date | None = None) -> Counted | None:
    """How a query is counted in a month, given by its first day, or in this one; None for one that
    is not: nothing in it, too long, or personal."""
    folded = " ".join(token.fold for token in query.tokens)
    if (
        not folded
        or len(query.text) > LONGEST
        or len(query.tokens) > MOST_WORDS
        or is_personal(query)
    ):
        return None
    month = month or timezone.localdate().replace(day=1)
    units = [EVERYWHERE, unit_code]  # always in this order, so that writers never wait in a circle
    text = " ".join(token.exact for token in query.tokens)[:LONGEST]
    return Counted(month, units, [_key(month, unit, folded) for unit in units], text, folded)


def as_written(text: str) -> str:
    """A stored query as people write it: "15 2024 qđ ubnd" is "15/2024/QĐ-UBND"."""
    numbers = query_numbers(text)
    if len(numbers) != 1 or not (numbers[0].year and numbers[0].kind and numbers[0].issuer):
        return text
    parts = text.split()
    if [part.isdigit() for part in parts[:3]] != [True, True, False]:
        return text
    return "/".join([*parts[:2], "-".join(parts[2:]).upper()])


def _key(month: datetime.date, unit_code: str, folded: str) -> bytes:
    """A hash that nobody without the installation's secret can compare with a guess."""
    message = f"{month:%Y-%m}\n{unit_code}\n{folded}".encode()
    secret = f"search statistics\n{settings.SECRET_KEY}".encode()
    return hmac.digest(secret, message, "sha256")[:16]


def is_personal(query: Query) -> bool:
    """Whether a query looks like data about a person: numbers, dates of birth, mail, names."""
    digits = sum(char.isdigit() for char in query.text)
    if digits > MOST_DIGITS or "@" in query.text or DATE_OF_BIRTH.search(query.text):
        return True
    return _is_name([token for token in query.tokens if not token.fold.isdigit()])


def _is_name(words: list[Token]) -> bool:
    """A surname with a middle name, or three or four words in capitals after a surname."""
    if len(words) < 2 or words[0].fold not in FOLDED_SURNAMES:
        return False
    if words[1].exact in ("thị", "văn"):
        return True
    if words[0].exact not in SURNAMES:
        return False
    if words[1].exact in MIDDLE_NAMES:
        return True
    capitals = all(word.text[:1].isupper() and not word.text.isupper() for word in words)
    return capitals and len(words) in (3, 4)


def count_search(query: Query, unit_code: str, *, is_empty: bool) -> None:
    """Count one search of a reader. One statement, which waits for no disk."""
    entry = counted(query, unit_code)
    if entry is None:
        return
    parameters: dict[str, Any] = {
        "month": entry.month,
        "units": entry.units,
        "keys": entry.keys,
        "text": entry.text,
        "folded": entry.folded,
        "empty": int(is_empty),
        "shown_from": SHOWN_FROM,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Statistics may lose their last second when the machine dies.
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(COUNT, parameters)


def count_click(text: str, unit_code: str) -> None:
    """Count that a reader opened a result of a query that she has just searched."""
    entry = counted(parse_query(text), unit_code)
    if entry is None:
        return
    parameters: dict[str, Any] = {"month": entry.month, "units": entry.units, "keys": entry.keys}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(CLICK, parameters)


def forget_rare() -> int:
    """Delete what few people searched in months that are over, and everything old; returns the
    number of rows."""
    this_month = timezone.localdate().replace(day=1)
    oldest = (this_month - datetime.timedelta(days=30 * KEPT_MONTHS)).replace(day=1)
    rare = QueryCount.objects.filter(month__lt=this_month, text="")
    old = QueryCount.objects.filter(month__lt=oldest)
    return int(rare.delete()[0] + old.delete()[0])
