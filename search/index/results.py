"""From page ids to results: checked once more against the database, with addresses and passages.

The index may lag by a second; what a reader must not see is decided here, by the same conditions
as in the lists of `sites.distribution`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings

from cms.basepage.models import language_prefix, page_path
from search.files.passages import find_in_files
from search.text import Query, highlight
from sites.distribution import receiving
from sites.distribution.queries import IN_PERIOD, READABLE
from sites.distribution.sections import SiteSections, load_sections
from sites.hosts.registry import Portal, portal_of_path, portal_of_unit
from sites.units.models import AdministrativeUnit

from .names import Names
from .prepared import planned_once
from .requests import Result, Scope, SearchRequest

# Passages are looked for in the beginning of very long texts only.
PASSAGE_SOURCE = 20_000

# Taking three texts out is cheaper than reading the JSON here. OFFSET keeps the planner from
# unpacking the row once for each.
ROWS = f"""
    SELECT d.page_id, p.path, p.url_path, p.slug, p.section_id, p.unit_id,
           extract(epoch FROM p.public_at)::float8, p.source_id, d.type,
           CASE WHEN %(language)s = ANY(d.languages)
                THEN %(language)s::text ELSE %(default)s::text END,
           x.texts->>'title', x.texts->>'summary', x.texts->>'body', d.file_ids,
           EXISTS ({{shown_here}})
    FROM search_index_searchdocument d JOIN basepage_basepage p ON p.id = d.page_id
    CROSS JOIN LATERAL (
        SELECT COALESCE(d.texts->%(language)s::text, d.texts->%(default)s::text) AS texts OFFSET 0
    ) x
    WHERE d.page_id = ANY(%(ids)s::bigint[]) AND {READABLE}
"""  # noqa: S608 (constants of ours)
SHOWN_HERE = f"""
    SELECT 1 FROM distribution_distribution t
    LEFT JOIN distribution_localdecision x ON x.distribution_id = t.id AND x.unit_id = %(unit)s
    WHERE t.page_id = p.id AND t.recalled_at IS NULL AND {IN_PERIOD}
    AND t.audience && %(tokens)s::varchar[]
    AND CASE t.policy WHEN 'library' THEN x.state = 'accepted'
        WHEN 'recommended' THEN x.state IS DISTINCT FROM 'hidden' ELSE TRUE END
"""  # noqa: S608


class Row(NamedTuple):
    """One page that may be shown, as the database has it now.

    `public_at` are seconds since 1970; title, summary and body are in `language`, the
    best that there is.
    """

    page_id: int
    path: str
    url_path: str
    slug: str
    section_id: int | None
    unit_id: int
    public_at: float
    source_id: str
    type: str
    language: str
    title: str
    summary: str
    body: str
    file_ids: list[int]
    shown_here: bool

    def passage(self, query: Query) -> str:
        """What answers the query, as HTML."""
        return highlight(
            f"{self.summary} {self.body[:PASSAGE_SOURCE]}".strip(), query, is_clean=True
        )


def load_results(
    ids: Sequence[int], query: Query, request: SearchRequest, language: str, names: Names
) -> list[Result]:
    """The results with these ids, in their order, without those that may not be shown (now).

    One query, and two for names that are not kept; two more when a result of another unit is shown
    on the searcher's site, three when results have files.
    """
    rows = _rows(ids, request.unit, language)
    files = find_in_files({row.page_id: row.file_ids for row in rows.values()}, query)
    home = Home(request.unit)
    units = names.units(row.unit_id for row in rows.values())
    sections = names.sections(row.section_id for row in rows.values() if row.section_id)
    results = []
    for page_id in ids:
        row = rows.get(page_id)
        if row is None or (request.scope == Scope.UNIT and not home.shows(row)):
            continue
        if address := home.address(row):
            result = Result(
                id=row.page_id,
                query=query,
                source_id=row.source_id or None,
                language=row.language,
                title=row.title,
                summary=row.summary,
                highlight=row.passage(query),
                root_url=address[0].root_url,
                path=address[1],
                type=row.type,
                section=sections.get(row.section_id or 0),
                date=datetime.datetime.fromtimestamp(row.public_at, datetime.UTC),
                unit=units[row.unit_id],
                received=home.receives(row),
                file=files.get(page_id),
            )
            results.append(result)
    return results


class Home:
    """The site of the searcher's unit; reads its sections when it first needs them."""

    def __init__(self, unit: AdministrativeUnit | None) -> None:
        self.unit = unit
        self.portal = portal_of_unit(unit.pk) if unit else None
        self._sections: SiteSections | None = None

    def shows(self, row: Row) -> bool:
        """Whether the page stands on this site."""
        return self.unit is not None and (row.unit_id == self.unit.pk or row.shown_here)

    def receives(self, row: Row) -> bool:
        """Whether the page stands on this site though another unit published it."""
        return self.unit is not None and row.unit_id != self.unit.pk and row.shown_here

    def address(self, row: Row) -> tuple[Portal, str] | None:
        """The site where the searcher should read a page, and the path there."""
        if self.portal and self.receives(row) and (path := self._received_path(row)):
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


def _rows(ids: Sequence[int], unit: AdministrativeUnit | None, language: str) -> dict[int, Row]:
    if not ids:
        return {}
    parameters: dict[str, Any] = {
        "ids": f"{{{','.join(map(str, ids))}}}",  # the driver writes lists item by item, slowly
        "language": language,
        "default": settings.LANGUAGE_CODE,
    }
    if unit is not None:
        parameters |= {"unit": unit.pk, "tokens": unit.tokens()}
    sql = ROWS.format(shown_here=SHOWN_HERE if unit else "SELECT 1 WHERE FALSE")
    return {values[0]: Row._make(values) for values in planned_once(sql, parameters)}
