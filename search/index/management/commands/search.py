"""`manage.py search QUERY`"""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.commands import JsonCommand
from search.index import elastic
from search.index.requests import DEFAULT_SIZE, Engine, Scope, SearchRequest
from search.index.service import search
from search.pages.api import as_json
from sites.units.models import AdministrativeUnit


class Command(JsonCommand):
    """Search as the public search does."""

    help = "Search the public pages"

    def add_options(self, parser: ArgumentParser) -> None:
        """Take the query and who asks."""
        parser.add_argument("query")
        parser.add_argument("--unit", metavar="CODE", help="the searcher's unit")
        parser.add_argument("--scope", choices=[*Scope], default=Scope.ALL)
        parser.add_argument("--engine", choices=[*Engine], help="insist on one engine")
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--size", type=int, default=DEFAULT_SIZE)

    def run(self, **options: object) -> dict[str, object]:
        """Search and list what was found."""
        code, engine = options["unit"], options["engine"]
        unit = AdministrativeUnit.objects.with_code(str(code)) if code else None
        request = SearchRequest(
            text=str(options["query"]),
            unit=unit,
            scope=Scope(str(options["scope"])),
            page=max(1, int(str(options["page"]))),
            size=max(1, int(str(options["size"]))),
            engine=Engine(str(engine)) if engine else None,
        )
        try:
            response = search(request)
        except (elastic.Unavailable, elastic.NoIndex) as error:
            raise ValidationError(
                _("Elasticsearch does not answer: %(error)s") % {"error": error}
            ) from error
        for result in response.results:
            self.say(f"{result.date:%d/%m/%Y}  {result.unit.name}  {result.title}\n  {result.url}")
        self.say(f"{response.total} ({response.engine}, {response.took_ms} ms)")
        return as_json(request, response)
