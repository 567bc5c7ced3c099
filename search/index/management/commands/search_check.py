"""`manage.py search_check`"""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.commands import JsonCommand
from search.index import elastic
from search.index.check import compare
from search.index.models import IndexQueue, SearchOutbox


class Command(JsonCommand):
    """Compare the pages with what can be searched; exit status 1 when they differ."""

    help = "Compare the pages with the search index"

    def run(self, **options: object) -> dict[str, object]:
        """Compare; also tell what is still on its way."""
        try:
            result = compare()
        except (elastic.Unavailable, elastic.NoIndex) as error:
            raise ValidationError(
                _("Elasticsearch does not answer: %(error)s") % {"error": error}
            ) from error
        waiting = SearchOutbox.objects.count(), IndexQueue.objects.count()
        self.say(
            f"{result.database} searchable pages, {result.index} documents in the index;"
            f" {len(result.missing)} missing, {len(result.stale)} stale, {len(result.extra)} extra;"
            f" {waiting[0]} changes and {waiting[1]} documents on their way."
        )
        return asdict(result)

    def failed(self, result: dict[str, object]) -> bool:
        """Any difference means exit status 1."""
        return bool(result["missing"] or result["stale"] or result["extra"])
