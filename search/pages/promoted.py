"""Results that the portal office has put above the others."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from search.index.names import names_for
from search.index.requests import Result, SearchRequest, SearchResponse, Sort
from search.index.results import load_results
from search.office.vocabulary import office

MOST = 3


def promoted_for(request: SearchRequest, response: SearchResponse) -> list[Result]:
    """Pages promoted for a query, as the search shows them: on its first page, not narrowed.

    No query where nothing is promoted. Private pages and drafts are left out like everywhere.
    """
    if request.page > 1 or request.sort != Sort.RELEVANCE or request.filters.values():
        return []
    folds = tuple(token.fold for token in response.parsed.tokens)
    ids = office().promoted(folds, response.near, timezone.now())[:MOST]
    if not ids:
        return []
    language = request.filters.language or get_language() or settings.LANGUAGE_CODE
    return load_results(ids, response.parsed, request, language, names_for(request.version))
