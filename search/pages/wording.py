"""Better words for a search that found little: with accents, and what titles begin like."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db.models import Q

from search.index.models import SearchDocument
from search.suggest.lookup import suggest
from search.suggest.models import Suggestion
from search.text import Query, tokens
from sites.units.models import AdministrativeUnit

# So many titles are looked at for the accents of a wording.
TITLES = 60
MOST_ALIKE = 5
PAIR = 2


def accented(wording: str) -> str:
    """A wording without accents as titles write it. One query; unchanged where none has it."""
    words = tokens(wording)
    if len(words) < PAIR or any(word.has_marks for word in words):
        return wording
    votes = _votes([word.fold for word in words])
    text = wording
    for at in range(len(words) - 1, -1, -1):
        if votes[at]:
            best = votes[at].most_common(1)[0][0]
            text = text[: words[at].start] + best + text[words[at].end :]
    return text


def _votes(folds: list[str]) -> dict[int, Counter[str]]:
    """How titles that have two of the words side by side write each, by its place."""
    pairs = [f"{first} {second}" for first, second in zip(folds, folds[1:], strict=False)]
    begins = Q()
    for pair in pairs:
        begins |= Q(key__startswith=pair)
    found = Suggestion.objects.filter(begins).exclude(page_id=None).values("page_id", "key")
    ids = {row["page_id"] or 0 for row in found[: TITLES * len(pairs)]}
    titles = SearchDocument.objects.filter(pk__in=ids).values_list("texts__vi__title", flat=True)
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for title in titles:
        written = tokens(title or "")
        for one, two in zip(written, written[1:], strict=False):
            for at, pair in enumerate(pairs):
                if pair == f"{one.fold} {two.fold}":
                    votes[at][one.exact] += 1
                    votes[at + 1][two.exact] += 1
    return votes


def folded(text: str) -> str:
    """A text as it is compared: "15 2024 qd ubnd" for "15/2024/QĐ-UBND"."""
    return " ".join(token.fold for token in tokens(text))


def alike(query: Query, unit: AdministrativeUnit | None) -> list[str]:
    """Texts that begin like the query, for one that found nothing; at most two queries."""
    words = query.tokens
    for count in (len(words), len(words) // 2 or 1):
        typed = query.text[: words[count - 1].end] if words else ""
        if offers := suggest(typed, unit):
            return [offer.text for offer in offers[:MOST_ALIKE]]
    return []
