"""When a query is also answered by its meaning, and how that joins what its words find."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.index.models import SearchDocument
from search.index.requests import Found, SearchRequest, Sort
from search.text import Query, analyse

from . import model
from .choosing import choose
from .coverage import coverage
from .english import is_english
from .fusion import fuse
from .glossary import terms

__all__ = ["MUCH", "WINDOW", "fuse", "is_needed", "may_help", "related", "share_in_heads"]

FEWEST_TOKENS = 3
# How many results by words are joined with results by meaning; more than one page shows.
WINDOW = 50
# Pages by meaning that are looked at.
LOOKED_AT = 100
# So much of the query in title and summary of the first result by words, and words count fully.
MUCH = 0.75
# Whoever types more words in a row than this has copied them from the page.
COPIED = 8
# In fewer texts than this a row of words may have been met by chance.
FEW = 5

Nearest = Callable[[bytes, int], list[tuple[int, float]]]


def may_help(request: SearchRequest, query: Query) -> bool:
    """Whether meaning can add anything: with accents or in English, in a sentence of words.

    Without accents the model understands nothing; numbers and quoted words are meant as they are.
    """
    if request.sort != Sort.RELEVANCE or query.numbers or query.phrases or query.excluded:
        return False
    if is_english(query):
        # The words alone find nothing, and most ask for a service.
        return model.is_ready() and coverage().services
    is_sentence = query.has_marks and len(query.tokens) >= FEWEST_TOKENS
    return is_sentence and model.is_ready() and coverage().pages


def is_needed(query: Query, share: float) -> bool:
    """Whether the words alone are not enough. An English page that has the whole question is
    one of few; the Vietnamese ones about the same follow it."""
    return share < 1 or is_english(query)


def related(query: Query, nearest: Nearest, near: Sequence[int] = ()) -> list[int]:
    """The pages that mean what the query asks, best first; `near` as in `choose`. One query."""
    ways = dict.fromkeys(way for way in (query.text, _in_office_words(query)) if way)
    names = [" ".join(expansion.folded) for expansion in query.expansions]
    return choose(nearest(model.embed_query(*ways), LOOKED_AT), near, names)


def _in_office_words(query: Query) -> str:
    """The query as an office would say it; "" where nothing is known."""
    if is_english(query):
        return terms(query.text)
    text = query.text
    last = len(query.tokens)
    for expansion in reversed(query.expansions):
        # Short forms and everyday words, but not what is official already.
        if expansion.end <= last and len(expansion.text) > len(expansion.source):
            start, end = query.tokens[expansion.start].start, query.tokens[expansion.end - 1].end
            text = f"{text[:start]}{expansion.text}{text[end:]}"
            last = expansion.start
    return text


def share_in_heads(query: Query, by_words: Found) -> float:
    """How much of a query stands in title and summary of the first result by words, from 0 to 1.

    A page that is about the words answers better than one that has them here and there. 1 also
    where some pages have the whole query in a row, or one has a long one. At most one query.
    """
    if by_words.is_sure and (len(by_words.exact) >= FEW or len(query.tokens) > COPIED):
        return 1.0
    texts = SearchDocument.objects.filter(pk__in=by_words.ids[:1]).values_list("texts", flat=True)
    has_marks = query.has_marks
    wanted = {token.exact if has_marks else token.fold for token in query.tokens}
    heads = [f"{text['title']} {text['summary']}" for text in (texts.first() or {}).values()]
    known = [analyse(head) for head in heads]
    found = [wanted & set((text.exact if has_marks else text.folded).split()) for text in known]
    return max(map(len, found), default=0) / len(wanted)
