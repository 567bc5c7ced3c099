"""A better spelling for a query that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from search.text import Query, Token
from search.text.syllables import is_unaccented_syllable

from .postgresql import PLANNING
from .vectors import JOINT, quoted

LETTERS = "abcdeghiklmnopqrstuvxy"
MAX_TOKENS = 12
SHORTEST, LONGEST = 3, 8
# Enough to tell a common syllable from a rare one.
COUNTED = 200

FREQUENCIES = f"""
    SELECT w.word, (SELECT count(*) FROM (
        SELECT 1 FROM search_index_searchdocument
        WHERE words @@ (%s || w.literal)::tsquery LIMIT {COUNTED}) hits)
    FROM unnest(%s::text[], %s::text[]) AS w(word, literal)
"""  # noqa: S608 (a number of ours)


def better_spelling(query: Query) -> str | None:
    """The query with words that no page has replaced by similar ones that stand in pages which
    also have the other words; None when nothing better is known. At most two queries a word.

    Similar is one letter added, left out, changed or swapped, or two words joined by mistake.
    """
    tokens = query.tokens[:MAX_TOKENS]
    counts = _counts([token.fold for token in tokens], "")
    unknown = [token for token in tokens if not counts[token.fold]]
    known = [token for token in tokens if counts[token.fold]]
    if not unknown or len(unknown) > 2:
        return None
    context = "".join(f"{quoted(token.fold)} & " for token in known)
    text = query.text
    for token in reversed(unknown):
        better = _best(token, context) or _best(token, "")
        if better is None:
            return None
        text = text[: token.start] + better + text[token.end :]
    return text


def _best(token: Token, context: str) -> str | None:
    if not SHORTEST <= len(token.fold) <= LONGEST:
        return None
    counts = _counts(list(dict.fromkeys(_similar(token.fold))), context)
    best = max(counts, key=lambda word: counts[word], default=None)
    return best if best and counts[best] else None


def _similar(word: str) -> Iterator[str]:
    """Possible Vietnamese syllables within one typing mistake, and splits into two of them."""
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for left, right in parts:
        for candidate in _edits(left, right):
            if candidate != word and is_unaccented_syllable(candidate):
                yield candidate
        if is_unaccented_syllable(left) and is_unaccented_syllable(right):
            yield f"{left} {right}"


def _edits(left: str, right: str) -> Iterator[str]:
    if right:
        yield left + right[1:]
    if len(right) > 1:
        yield left + right[1] + right[0] + right[2:]
    for letter in LETTERS:
        yield left + letter + right
        if right:
            yield left + letter + right[1:]


def _counts(words: list[str], context: str) -> dict[str, int]:
    """In how many documents each word stands, together with the context."""
    if not words:
        return {}
    # Two words must be neighbours; `words` has no positions, but has pairs.
    literals = [quoted(JOINT.join(word.split())) for word in words]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNING)
        cursor.execute(FREQUENCIES, [context, words, literals])
        return dict(cursor.fetchall())
