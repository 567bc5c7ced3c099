"""Answers above the results: a unit, or a page that says by itself what was asked.

Every value is a field of a page, shown with the link to that page.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from operator import itemgetter

from cms.basepage.models import BasePage
from cms.sections.kinds import page_types
from search.index.models import SearchDocument
from search.index.requests import Result, SearchRequest, SearchResponse, Sort
from search.suggest.models import Suggestion
from search.text import Query, Token, document_numbers, is_syllable, tokens
from search.text.hits import STOP_FOLDS
from search.text.query import TokenRun
from sites.distribution import receiving
from sites.units.models import AdministrativeUnit

from .cards import Card
from .unit_cards import nearness, unit_card, units_at_end

# So many pages of a unit are looked at, and loaded.
LOOKED_AT, MOST_LOADED = 100, 3
MOST_WORDS = 12
LAST = datetime.datetime.max.replace(tzinfo=datetime.UTC)
# Who writes one of these asks for a date; the title of the page need not have it.
SCHEDULE = frozenset(["lich", "ngay", "tuan", "thang"])
# Words of a question that an answer need not repeat.
ASKING = STOP_FOLDS | frozenset(
    [
        "gi", "nao", "dau", "bao", "nhieu", "lau", "can", "phai", "thu", "tuc", "le", "phi",
        "thoi", "han", "ho", "giay", "to", "lam", "huong", "dan", "xin", "hieu", "luc", "con",
        "ai", "may", "gio", "sdt", "dien", "thoai", "dia", "chi", "what", "how", "where", "when",
        "is", "do", "i", "my", "nop", "viec",
    ]
)  # fmt: skip
# "mất bao lâu", "hết bao nhiêu tiền"; alone, the words say something.
ASKING_PAIRS = frozenset([("mat", "bao"), ("het", "bao"), ("nhieu", "tien"), ("mat", "may")])
# With these a title goes on to where, whose and for whom.
AFTER_HEAD = frozenset(["của", "tại", "trên", "về", "cho", "ở", "thuộc", "đối"])


def answer_for(request: SearchRequest, response: SearchResponse) -> Card | None:
    """The answer to a search, or None. Only on its first page, in the usual order. No query
    where nothing fits; else at most three, and what the page that answers needs itself."""
    if request.page > 1 or request.sort != Sort.RELEVANCE or request.filters.values():
        return None
    query = response.parsed
    if not query or query.excluded or query.phrases:
        return None
    if query.numbers:
        return _page_card(query, response)
    if card := unit_card(query.tokens, request.unit):
        return card
    units, rest = units_at_end(query.tokens)
    is_schedule = any(token.fold in SCHEDULE for token in rest)
    own = request.unit if is_schedule else None
    unit = min(units, key=lambda one: nearness(one, request.unit), default=own)
    if unit and is_schedule and (card := _page_of_unit(unit, query, rest, {"event"})):
        return card
    card = _page_card(query, response)
    return card or (_page_of_unit(unit, query, rest, _answering()) if unit else None)


# ------------------------------------------------------------------------------------------ pages


def _page_card(query: Query, response: SearchResponse) -> Card | None:
    """The first result that says by itself what was asked, of the searcher's unit, one above it,
    or one that was named."""
    answering = _answering()
    for result in response.results:
        if result.type not in answering:
            continue
        if not (query.numbers or _is_meant(query, result, response.near)):
            continue
        page = page_types()[result.type].objects.filter(pk=result.id, live=True).first()
        if page is None or query.numbers and not _has_number(page, query):
            continue
        answer = page.answer()
        return Card(title=result.title, url=result.url, rows=answer.rows) if answer else None
    return None


def _answering() -> set[str]:
    """The types of pages that may say by themselves what was asked."""
    return {name for name, model in page_types().items() if model.answer is not BasePage.answer}


def _page_of_unit(
    unit: AdministrativeUnit, query: Query, asked: TokenRun, types: set[str]
) -> Card | None:
    """The page of a unit whose title says all that was asked and that answers now, what ends first
    before what does not end, then the newest: "lịch tiếp dân xã …" finds what no page says in
    these words. `asked` are the words of the query before the unit. Two queries, and one a page."""
    question = _question_in(query.tokens)
    wanted = [
        at for at, token in enumerate(asked) if at not in question and token.fold not in SCHEDULE
    ]
    if not wanted or len(asked) > MOST_WORDS:
        return None
    first = asked[wanted[0]].fold
    begun = Suggestion.objects.filter(unit_id=unit.pk, key__startswith=f"{first} ")
    documents = SearchDocument.objects.filter(pk__in=begun.values("page_id")[:LOOKED_AT])
    found = documents.filter(type__in=types).order_by("-public_at")
    titles = found.values_list("pk", "type", "texts__vi__title")
    meant = [
        (pk, name)
        for pk, name, title in titles
        if set(wanted) <= _said_in(query, tokens(title or ""))
    ]
    cards = []
    for pk, name in meant[:MOST_LOADED]:
        page = page_types()[name].objects.filter(pk=pk, live=True).first()
        answer = page.answer() if page and not receiving.is_over(page) else None
        if page and answer:
            card = Card(title=page.display_title, url=page.full_url or "", rows=answer.rows)
            cards.append((answer.until or LAST, card))
    return min(cards, key=itemgetter(0))[1] if cards else None


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
    """Whether title, section and unit say all that was asked but the question itself, and the
    head of the title a part of it."""
    asked = set(range(len(query.tokens))) - _question_in(query.tokens)
    title = tokens(result.title)
    if result.type == "document" and not _folds(result.title) <= _folds(query.text):
        return False
    section = tokens(result.section.name) if result.section else []
    head = _said_in(query, _head(title))
    said = head | _said_in(query, title) | _said_in(query, section)
    of_unit, of_section = _folds(result.unit.name), {token.fold for token in section}
    unit = {at for at in asked if query.tokens[at].fold in of_unit}
    beside = unit | {at for at in asked if query.tokens[at].fold in of_section}
    is_named = _folds(result.unit.short_name) <= {query.tokens[at].fold for at in asked}
    is_near = is_named or result.unit.pk in near or not near
    # What only names a unit, perhaps another one, is no question about this page.
    return is_near and bool((asked & head) - unit) and asked <= said | beside


def _question_in(asked: TokenRun) -> set[int]:
    """Which words of a query only make it a question."""
    found = {at for at, token in enumerate(asked) if token.fold in ASKING}
    for at, (one, two) in enumerate(zip(asked, asked[1:], strict=False)):
        if (one.fold, two.fold) in ASKING_PAIRS:
            found |= {at, at + 1}
    return found


def _head(title: Sequence[Token]) -> Sequence[Token]:
    """What a title is about, without what follows: "Tiếp công dân | của Chủ tịch …"."""
    ends = (at for at, token in enumerate(title) if token.exact in AFTER_HEAD and at > 1)
    return title[: next(ends, len(title))]


def _said_in(query: Query, text: Sequence[Token]) -> set[int]:
    """Which words of a query a text has, themselves or in other words."""
    said = _said_together(query.tokens, text)
    folds = f" {' '.join(token.fold for token in text)} "
    for expansion in query.expansions:
        if f" {' '.join(expansion.folded)} " in folds:
            said |= set(range(expansion.start, expansion.end))
    return said


def _said_together(asked: TokenRun, title: Sequence[Token]) -> set[int]:
    """Which words of a query stand in a text beside one that they stand beside in the query, as
    they were typed. A syllable alone says too little: "tiếp dân" is not in "trực tiếp … nhân dân".
    """
    found = set()
    for at, word in enumerate(asked):
        if any(_is_same(word, own) and not is_syllable(own.exact) for own in title):
            found.add(at)
    for at, (one, two) in enumerate(zip(asked, asked[1:], strict=False)):
        pairs = zip(title, title[1:], strict=False)
        if any(_is_same(one, first) and _is_same(two, second) for first, second in pairs):
            found |= {at, at + 1}
    return found


def _is_same(typed: Token, own: Token) -> bool:
    """Whether two words are one; accents count where they were typed."""
    return typed.fold == own.fold and (not typed.has_marks or typed.exact == own.exact)


def _folds(text: str) -> set[str]:
    return {token.fold for token in tokens(text)}
