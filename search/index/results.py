"""From page ids to results: checked once more against the database, with addresses and passages.

The index may lag by a second; what a reader must not see is decided here, by the same conditions
as in the lists of `sites.distribution`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from cms.basepage.models import language_prefix, page_path
from search.text import Query, highlight
from sites.distribution import receiving
from sites.distribution.queries import IN_PERIOD, READABLE
from sites.distribution.sections import SiteSections, load_sections
from sites.hosts.registry import Portal, portal_of_path, portal_of_unit
from sites.units.models import AdministrativeUnit

from .models import SearchDocument
from .requests import Result, ResultUnit, SearchRequest

TITLE_LENGTH = 300
# Passages are looked for in the beginning of very long texts only.
PASSAGE_SOURCE = 30_000

ROWS = f"""
    SELECT d.page_id, p.path, p.url_path, p.slug, p.section_id, p.unit_id, p.public_at,
           p.source_id, d.type, d.texts, s.code, s.name, u.code, u.name, u.tier,
           EXISTS ({{shown_here}})
    FROM search_index_searchdocument d
    JOIN basepage_basepage p ON p.id = d.page_id
    JOIN units_administrativeunit u ON u.id = p.unit_id
    LEFT JOIN blueprints_section s ON s.id = p.section_id
    WHERE d.page_id = ANY(%(ids)s) AND {READABLE}
"""  # noqa: S608 (constants of ours)
SHOWN_HERE = f"""
    SELECT 1 FROM distribution_distribution t
    LEFT JOIN distribution_localdecision x ON x.distribution_id = t.id AND x.unit_id = %(unit)s
    WHERE t.page_id = p.id AND t.recalled_at IS NULL AND {IN_PERIOD}
    AND t.audience && %(tokens)s::varchar[]
    AND CASE t.policy WHEN 'library' THEN x.state = 'accepted'
        WHEN 'recommended' THEN x.state IS DISTINCT FROM 'hidden' ELSE TRUE END
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Row:
    """One page that may be shown, as the database has it now."""

    page_id: int
    path: str
    url_path: str
    slug: str
    section_id: int | None
    unit_id: int
    public_at: datetime.datetime
    source_id: str
    type: str
    texts: dict[str, dict[str, str]]
    section_code: str | None
    section_name: str | None
    unit_code: str
    unit_name: str
    unit_tier: str
    shown_here: bool


def load_results(
    ids: Sequence[int], query: Query, request: SearchRequest, language: str
) -> list[Result]:
    """The results with these ids, in their order, without those that may not be shown (now).

    One query; two more when a result of another unit is shown on the searcher's site.
    """
    rows = _rows(ids, request.unit)
    home = Home(request.unit)
    shown = []
    for page_id in ids:
        row = rows.get(page_id)
        if row is None or (request.scope == "unit" and not home.shows(row)):
            continue
        address = home.address(row)
        if address is not None:
            shown.append(_result(row, address, query, language, home))
    return shown


class Home:
    """The site of the searcher's unit; reads its sections when it first needs them."""

    def __init__(self, unit: AdministrativeUnit | None) -> None:
        self.unit = unit
        self.portal = portal_of_unit(unit.pk) if unit else None
        self._sections: SiteSections | None = None

    def shows(self, row: Row) -> bool:
        """Whether the page stands on this site."""
        return self.unit is not None and (row.unit_id == self.unit.pk or row.shown_here)

    def address(self, row: Row) -> tuple[Portal, str] | None:
        """The site where the searcher should read a page, and the path there."""
        is_received = self.shows(row) and self.unit is not None and row.unit_id != self.unit.pk
        if is_received and self.portal:
            path = self._received_path(row)
            if path:
                return self.portal, path
        origin = portal_of_path(row.path)
        return (origin, page_path(row.url_path)) if origin else None

    def _received_path(self, row: Row) -> str:
        if self._sections is None and self.unit:
            self._sections = load_sections(self.unit)
        section = self._sections.page_for(row.section_id) if self._sections else None
        if section is None:
            return ""
        return f"{language_prefix()}{section.slug}/{receiving.address(row.slug, row.page_id)}/"


def _rows(ids: Sequence[int], unit: AdministrativeUnit | None) -> dict[int, Row]:
    if not ids:
        return {}
    parameters: dict[str, Any] = {"ids": list(ids)}
    if unit is not None:
        parameters |= {"unit": unit.pk, "tokens": unit.tokens()}
    sql = ROWS.format(shown_here=SHOWN_HERE if unit else "SELECT 1 WHERE FALSE")
    texts_at = list(Row.__dataclass_fields__).index("texts")
    texts_field = SearchDocument._meta.get_field("texts")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = {}
        for values in cursor.fetchall():
            row = list(values)
            row[texts_at] = texts_field.from_db_value(row[texts_at], None, connection)
            found[row[0]] = Row(*row)
    return found


def _result(
    row: Row, address: tuple[Portal, str], query: Query, language: str, home: Home
) -> Result:
    portal, path = address
    texts = row.texts.get(language) or row.texts[settings.LANGUAGE_CODE]
    summary, body = texts["summary"], texts["body"][:PASSAGE_SOURCE]
    return Result(
        id=row.page_id,
        source_id=row.source_id or None,
        title=texts["title"],
        title_highlight=highlight(texts["title"], query, length=TITLE_LENGTH),
        summary=summary,
        highlight=highlight(f"{summary} {body}".strip(), query),
        root_url=portal.root_url,
        path=path,
        type=row.type,
        section=row.section_name,
        section_code=row.section_code,
        date=row.public_at,
        unit=ResultUnit(row.unit_code, row.unit_name, row.unit_tier),
        received=home.shows(row) and home.unit is not None and row.unit_id != home.unit.pk,
    )
