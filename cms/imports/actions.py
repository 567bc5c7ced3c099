"""Take over the articles of an old portal."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.articles.models import ArticlePage
from cms.basepage.bulk import insert_pages
from cms.sections.models import SectionPage
from sites.units.models import AdministrativeUnit

from .lines import Article, LineError, open_lines, read_lines

BATCH = 500
DEFAULT_SECTION = "tin-tuc"


@dataclass
class ImportReport:
    """What an import did; `failed` holds `{"line", "error"}` for every line left out."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class ImportArticlesAction:
    """Import articles into the sites of some units, in turn. Repeatable by `id`.

    Streams the file, works in batches of 500 in one transaction each; a bad line is reported and
    the others go on. An article that is already there stays on its site and is updated.
    """

    path: Path
    units: Sequence[AdministrativeUnit]
    progress: Callable[[int], None] = lambda done: None

    def check(self) -> None:
        """Raise ValidationError when there is no file, or no unit with a site."""
        if not self.path.is_file():
            raise ValidationError(_("There is no file %(path)s.") % {"path": self.path})
        if not self._sections():
            raise ValidationError(_("None of these units has a site; provision them first."))

    def execute(self) -> ImportReport:
        """Import and report."""
        started = time.monotonic()
        self.check()
        report = ImportReport()
        sections = self._sections()
        turn = cycle(unit.pk for unit in self.units if unit.pk in sections)
        try:
            with open_lines(self.path) as file:
                for lines in _batches(read_lines(file)):
                    articles = _sift(lines, report)
                    self._store(articles, dict(zip(articles, turn, strict=False)), sections, report)
                    self.progress(report.created + report.updated + report.unchanged)
        except (OSError, EOFError) as error:
            raise ValidationError(
                _("The file cannot be read to its end: %(error)s") % {"error": error}
            ) from error
        report.seconds = round(time.monotonic() - started, 2)
        return report

    def _sections(self) -> dict[int, dict[str, SectionPage]]:
        """The section pages of the units, by unit id and section code. One query."""
        pages = SectionPage.objects.filter(unit__in=self.units).select_related("section")
        found: dict[int, dict[str, SectionPage]] = {}
        for page in pages:
            found.setdefault(page.unit_id, {})[page.section.code] = page
        return found

    @transaction.atomic
    def _store(
        self,
        articles: Sequence[Article],
        unit_of: dict[Article, int],
        sections: dict[int, dict[str, SectionPage]],
        report: ImportReport,
    ) -> None:
        known = ArticlePage.objects.filter(source_id__in=[a.source_id for a in articles])
        existing = {page.source_id: page for page in known}
        fresh = []
        for article in articles:
            page = existing.get(article.source_id)
            if page is None:
                fresh.append((_parent(sections[unit_of[article]], article), _new_page(article)))
            elif _update(page, article):
                report.updated += 1
            else:
                report.unchanged += 1
        insert_pages(fresh)
        report.created += len(fresh)


def _batches(
    lines: Iterator[tuple[int, Article | LineError]],
) -> Iterator[list[tuple[int, Article | LineError]]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _sift(lines: list[tuple[int, Article | LineError]], report: ImportReport) -> list[Article]:
    """Good articles, each id once; the rest goes into the report."""
    articles: dict[str, Article] = {}
    for number, line in lines:
        if isinstance(line, LineError):
            report.failed.append({"line": number, "error": str(line)})
        elif line.source_id in articles:
            report.failed.append({"line": number, "error": _("The id stands twice in the file.")})
        else:
            articles[line.source_id] = line
    return list(articles.values())


def _parent(sections: dict[str, SectionPage], article: Article) -> SectionPage:
    page = sections.get(article.section) or sections.get(DEFAULT_SECTION)
    return page or next(iter(sections.values()))


def _values(article: Article) -> dict[str, Any]:
    """The article as fields of a page."""
    values: dict[str, Any] = {
        "title": article.title,
        "public_at": article.published,
        f"summary_{article.language}": article.summary,
    }
    if article.language != settings.LANGUAGE_CODE:
        values[f"headline_{article.language}"] = article.title
    return values


def _body(article: Article) -> str:
    """The body as StreamField JSON: one text block. Its id follows from the source's id."""
    if not article.html:
        return "[]"
    block_id = str(uuid.uuid5(uuid.NAMESPACE_URL, article.source_id))
    return json.dumps([{"type": "paragraph", "value": article.html, "id": block_id}])


def _new_page(article: Article) -> ArticlePage:
    body = {f"body_{article.language}": _body(article)}
    return ArticlePage(source_id=article.source_id, **_values(article), **body)


def _update(page: ArticlePage, article: Article) -> bool:
    """Bring a page to the article's state; False when it already was."""
    values = _values(article)
    body_field = f"body_{article.language}"
    body = json.loads(_body(article))
    same_body = list(getattr(page, body_field).raw_data) == body
    if same_body and all(getattr(page, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(page, name, value)
    setattr(page, body_field, json.dumps(body))
    page.save_revision().publish()
    return True
