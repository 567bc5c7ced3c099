"""Answers above the results: a unit, or a page that says by itself what was asked.

Every value is a field of a page, shown with the link to that page.
"""

from __future__ import annotations

from collections.abc import Sequence

from cms.basepage.models import BasePage
from cms.sections.kinds import page_types
from search.index.models import SearchDocument
from search.index.requests import Result, SearchRequest, SearchResponse, Sort
from search.suggest.models import Suggestion
from search.text import Query, document_numbers, tokens
from search.text.highlight import STOP_FOLDS
from search.text.query import TokenRun
from sites.distribution import receiving
from sites.units.models import AdministrativeUnit

from .cards import Card
from .unit_cards import nearness, unit_card, units_at_end

# So many pages of a unit are looked at, and loaded.
LOOKED_AT, MOST_LOADED = 100, 3
MOST_WORDS = 12
# Who writes one of these asks for a date; the title of the page need not have it.
SCHEDULE = frozenset(["lich", "ngay", "tuan", "thang"])
# Words of a question that an answer need not repeat.
ASKING = STOP_FOLDS | frozenset(
    [
        "gi", "nao", "dau", "bao", "nhieu", "lau", "can", "phai", "thu", "tuc", "le", "phi",
        "thoi", "han", "ho", "giay", "to", "lam", "huong", "dan", "xin", "hieu", "luc", "con",
        "ai", "may", "gio", "sdt", "dien", "thoai", "dia", "chi", "what", "how", "where", "when",
        "is", "do", "i", "my",
    ]
)  # fmt: skip


def answer_for(request: SearchRequest, response: SearchResponse) -> Card | None:
    """The answer to a search, or None. Only on its first page, in the usual order. No query
    where nothing fits; else at most three, and what the page that answers needs itself."""
    if request.page > 1 or request.sort != Sort.RELEVANCE or request.filters.values():
        return None
    query = response.parsed
    if not query or query.excluded or query.phrases:
        return None
    card = None if query.numbers else unit_card(query.tokens, request.unit)
    card = card or _page_card(query, response)
    if card or query.numbers:
        return card
    units, rest = units_at_end(query.tokens)
    own = request.unit if any(token.fold in SCHEDULE for token in rest) else None
    unit = min(units, key=lambda one: nearness(one, request.unit), default=own)
    return _page_of_unit(unit, rest) if unit else None


# ------------------------------------------------------------------------------------------ pages


def _page_card(query: Query, response: SearchResponse) -> Card | None:
    """The first result that says by itself what was asked, of the searcher's unit, one above it,
    or one that was named."""
    for result in response.results:
        model = page_types().get(result.type)
        if model is None or model.answer is BasePage.answer:
            continue
        if not (query.numbers or _is_meant(query, result, response.near)):
            continue
        page = model.objects.get(pk=result.id)
        if query.numbers and not _has_number(page, query):
            continue
        answer = page.answer()
        return Card(title=result.title, url=result.url, rows=answer.rows) if answer else None
    return None


def _page_of_unit(unit: AdministrativeUnit, asked: TokenRun) -> Card | None:
    """The newest page of a unit whose title has all words that were asked and that answers now:
    "lịch tiếp dân xã …" finds what no page says in these words. Two queries."""
    words = [token.fold for token in asked if token.fold not in ASKING | SCHEDULE]
    if not words or len(asked) > MOST_WORDS:
        return None
    begun = Suggestion.objects.filter(unit_id=unit.pk, key__startswith=f"{words[0]} ")
    types = {name for name, model in page_types().items() if model.answer is not BasePage.answer}
    documents = SearchDocument.objects.filter(pk__in=begun.values("page_id")[:LOOKED_AT])
    found = documents.filter(type__in=types).order_by("-public_at")
    titles = found.values_list("pk", "type", "texts__vi__title")
    meant = [(pk, name) for pk, name, title in titles if set(words) <= _folds(title)]
    for pk, name in meant[:MOST_LOADED]:
        page = page_types()[name].objects.filter(pk=pk, live=True).first()
        answer = page.answer() if page and not receiving.is_over(page) else None
        if page and answer:
            return Card(title=page.display_title, url=page.full_url or "", rows=answer.rows)
    return None


def _has_number(page: BasePage, query: Query) -> bool:
    """Whether a number that was typed is the page's own, not only named in it."""
    own = {
        key
        for text in page.search_facts().numbers
        for number in document_numbers(text)
        for key in number.keys
    }
    return any(number.key in own for number in query.numbers)


def _is_meant(query: Query, result: Result, near: Sequence[int]) -> bool:
    """Whether title, section and unit say all that was asked but the question itself."""
    title = _folds(result.title)
    said = title | _folds(result.unit.name)
    said |= _folds(result.section.name) if result.section else set()
    for expansion in query.expansions:
        if set(expansion.folded) <= said:
            said |= {token.fold for token in query.tokens[expansion.start : expansion.end]}
    asked = {token.fold for token in query.tokens} - ASKING
    is_named = _folds(result.unit.short_name) <= asked
    is_near = is_named or result.unit.pk in near or not near
    return is_near and bool(asked & title) and asked <= said


def _folds(text: str) -> set[str]:
    return {token.fold for token in tokens(text)}
