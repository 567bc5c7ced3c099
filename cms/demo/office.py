"""What the offices of the demonstration have told the search, and what it has counted for them."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.utils import timezone

from cms.basepage.models import BasePage
from search.index.requests import SearchRequest
from search.index.service import search
from search.office.counting import counted
from search.office.entries import check_promotion, check_synonym
from search.office.models import Promotion, QueryCount, Synonym
from search.text import parse_query
from sites.units.models import AdministrativeUnit

from .content_files import CONTENT, Raw, read


def fill_office() -> None:
    """Synonyms, promoted results and counted queries. The index must hold the pages."""
    raw = read(CONTENT / "search" / "tim-kiem.toml")
    rows = [row for part in raw["queries"] for row in part["rows"]]
    codes = {entry["unit"] for name in ("synonym", "promotion") for entry in raw[name]}
    codes |= {row[1] for row in rows}
    found = AdministrativeUnit.objects.filter(code__in=codes, pages__depth=2)
    units = {unit.code: unit for unit in found}
    _write_entries(raw, units)
    _write_counts(rows, units)


def _write_entries(raw: Raw, units: dict[str, AdministrativeUnit]) -> None:
    for entry in raw["synonym"]:
        synonym = Synonym(**entry | {"unit": units[entry["unit"]]})
        check_synonym(synonym)
        synonym.save()
    sources = {f"demo:{entry['page']}": entry for entry in raw["promotion"]}
    for page in BasePage.objects.filter(source_id__in=sources):
        entry = sources[page.source_id]
        promotion = Promotion(
            unit=units[entry["unit"]], page=page, queries="\n".join(entry["queries"])
        )
        check_promotion(promotion)
        promotion.save()


def _write_counts(rows: list[list[str | int]], units: dict[str, AdministrativeUnit]) -> None:
    """This month and the one before. Whether anything is found, the search itself says."""
    this = timezone.localdate().replace(day=1)
    months = (this, (this - datetime.timedelta(days=1)).replace(day=1))
    counts: dict[tuple[datetime.date, str, bytes], QueryCount] = {}
    sums: defaultdict[tuple[datetime.date, str, bytes], list[int]] = defaultdict(lambda: [0, 0, 0])
    for text, code, *numbers in rows:
        is_empty = not search(SearchRequest(str(text), units[str(code)])).total
        for month, at in zip(months, (0, 2), strict=True):
            entry = counted(parse_query(str(text)), str(code), month)
            if entry is None:
                continue
            searches, clicks = int(numbers[at]), int(numbers[at + 1])
            for unit_code, key in zip(entry.units, entry.keys, strict=True):
                place = (month, unit_code, key)
                more = (searches, searches if is_empty else 0, 0 if is_empty else clicks)
                sums[place] = [a + b for a, b in zip(sums[place], more, strict=True)]
                counts[place] = QueryCount(
                    unit_code=unit_code, month=month, key=key, text=entry.text
                )
    for place, count in counts.items():
        count.searches, count.empty, count.clicks = sums[place]
    QueryCount.objects.bulk_create(counts.values())
