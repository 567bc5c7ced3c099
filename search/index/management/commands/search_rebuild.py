"""`manage.py search_rebuild`"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.commands import JsonCommand
from search.index import elastic
from search.index.rebuild import rebuild


class Command(JsonCommand):
    """Compute every search document again and swap in a new index; nothing written is lost."""

    help = "Build the search index anew beside the live one"

    def run(self, **options: object) -> dict[str, object]:
        """Rebuild with a line of progress every few thousand pages."""
        try:
            result = rebuild(self._progress)
        except (elastic.Unavailable, elastic.NoIndex) as error:
            raise ValidationError(
                _("Elasticsearch does not answer: %(error)s") % {"error": error}
            ) from error
        self.say(f"{result.documents} documents, {result.seconds} s.")
        return {"documents": result.documents, "seconds": result.seconds}

    def _progress(self, done: int) -> None:
        if done % 2000 == 0:
            self.say(f"{done:>8,} pages")
