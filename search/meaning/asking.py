"""When a query is also answered by its meaning, and how that joins what its words find."""

from __future__ import annotations

from collections.abc import Callable

from search.index.models import SearchDocument
from search.index.requests import Found, SearchRequest, Sort
from search.text import Query, analyse

from . import model
from .english import is_english
from .fusion import fuse
from .glossary import with_terms

__all__ = ["MUCH", "WINDOW", "fuse", "is_needed", "may_help", "related", "share_in_heads"]

FEWEST_TOKENS = 3
# How many results by words are joined with results by meaning; more than one page shows.
WINDOW = 50
# Pages by meaning that are looked at, and that are joined at most.
LOOKED_AT = 50
MOST = 10
# One page that is very near must not hide the others that answer as well.
FEWEST = 5
# How much of the way from the nearest to the fiftieth cosine a page may lie behind.
NEAR = 0.75
# So much of the query in title and summary of the first result by words, and words count fully.
MUCH = 0.75

Nearest = Callable[[bytes, int], list[tuple[int, float]]]


def may_help(request: SearchRequest, query: Query) -> bool:
    """Whether meaning can add anything: with accents or in English, in a sentence of words.

    Without accents the model understands nothing; numbers and quoted words are meant as they are.
    """
    if request.sort != Sort.RELEVANCE or query.numbers or query.phrases or query.excluded:
        return False
    is_sentence = query.has_marks and len(query.tokens) >= FEWEST_TOKENS
    return (is_sentence or is_english(query)) and model.is_ready()


def is_needed(query: Query, share: float) -> bool:
    """Whether the words alone are not enough. An English page that has the whole question is
    one of few; the Vietnamese ones about the same follow it."""
    return share < 1 or is_english(query)


def related(query: Query, nearest: Nearest) -> list[int]:
    """The pages that mean what the query asks, best first: between `FEWEST` and `MOST`.

    All cosines of this model lie close together, so a page counts by how far it stands out from
    the fiftieth.
    """
    text = with_terms(query.text) if is_english(query) else query.text
    found = nearest(model.embed_query(text), LOOKED_AT)
    if not found:
        return []
    best, last = found[0][1], found[-1][1]
    least = best - NEAR * (best - last)
    near = [page_id for page_id, cosine in found[:MOST] if cosine >= least]
    return near if len(near) > FEWEST else [page_id for page_id, _ in found[:FEWEST]]


def share_in_heads(query: Query, by_words: Found) -> float:
    """How much of a query stands in title and summary of the first result by words, from 0 to 1.

    A page that is about the words answers better than one that has them here and there. 1 also
    for a page that has the whole query in a row. At most one query.
    """
    if by_words.is_sure:
        return 1.0
    texts = SearchDocument.objects.filter(pk__in=by_words.ids[:1]).values_list("texts", flat=True)
    wanted = {token.fold for token in query.tokens}
    heads = [f"{text['title']} {text['summary']}" for text in (texts.first() or {}).values()]
    found = [wanted.intersection(analyse(head).folded.split()) for head in heads]
    return max(map(len, found), default=0) / len(wanted)
