"""A better spelling for a query that nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.text import Query, Token
from search.text.syllables import is_unaccented_syllable

from .prepared import rows_of
from .statements import PLANNING
from .vectors import JOINT, quoted

LETTERS = "abcdeghiklmnopqrstuvxy"
MAX_TOKENS = 12
SHORTEST, LONGEST = 3, 8
# Enough to tell a common syllable from a rare one.
COUNTED = 200

FREQUENCIES = """
    SELECT w.word, (SELECT count(*) FROM (
        SELECT 1 FROM search_index_searchentry
        WHERE words @@ (%(context)s || w.literal)::tsquery LIMIT %(most)s) hits)
    FROM unnest(%(words)s::text[], %(literals)s::text[]) AS w(word, literal)
"""


def better_spelling(query: Query) -> str | None:
    """The query with words that no page has replaced by similar ones that stand in pages beside
    the other words, or with them; None when nothing better is known. At most four queries a word.

    Similar is one letter added, left out, changed or swapped, or two words joined by mistake.
    """
    tokens = query.tokens[:MAX_TOKENS]
    # A word of the list is meant as it is, "bus" in "xe bus".
    meant = {at for way in query.expansions for at in range(way.start, way.end)}
    unknown = [at for at in _unknown(tokens) if at not in meant]
    if not unknown or len(unknown) > 2:
        return None
    doubtful = meant.union(unknown)
    known = (token.fold for at, token in enumerate(tokens) if at not in doubtful)
    context = "".join(f"{quoted(fold)} & " for fold in known)
    text = query.text
    for at in reversed(unknown):
        better = _best(tokens, at, context)
        if better is None:
            return None
        text = text[: tokens[at].start] + better + text[tokens[at].end :]
    return text


def _unknown(tokens: Sequence[Token]) -> list[int]:
    """The places of the tokens that no page has.

    The index reads all pages of what it is asked for, so few pages are asked for first: nearly all
    words stand in some title, and most of the others beside their neighbours.
    """
    places = list(range(len(tokens)))
    for literal in (_in_title, _next_to_others, _anywhere):
        counts = _counts({str(at): literal(tokens, at) for at in places}, most=1)
        places = [at for at in places if not counts[str(at)]]
    return places


def _in_title(tokens: Sequence[Token], at: int) -> str:
    return quoted("^" + tokens[at].fold)


def _next_to_others(tokens: Sequence[Token], at: int) -> str:
    return _beside(tokens, at, tokens[at].fold)


def _anywhere(tokens: Sequence[Token], at: int) -> str:
    return quoted(tokens[at].fold)


def _beside(tokens: Sequence[Token], at: int, word: str) -> str:
    """The condition that a word (or two) stands at a place beside one of its neighbours; without
    any, that it stands somewhere."""
    parts = word.split()
    whole = quoted(JOINT.join(parts))
    pairs = [(tokens[at - 1].fold, parts[0])] if at else []
    pairs += [(parts[-1], tokens[at + 1].fold)] if at + 1 < len(tokens) else []
    near = " | ".join(quoted(JOINT.join(pair)) for pair in pairs)
    return f"{whole} & ({near})" if near and len(parts) > 1 else near or whole


def _best(tokens: Sequence[Token], at: int, context: str) -> str | None:
    word = tokens[at].fold
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    similar = list(dict.fromkeys(_similar(word)))
    # Two words must be neighbours; `words` has no positions, but has pairs.
    anywhere = {other: quoted(JOINT.join(other.split())) for other in similar}
    beside = {other: _beside(tokens, at, other) for other in similar}
    for literals, others in ((beside, ""), (anywhere, context), (anywhere, "")):
        counts = _counts(literals, others)
        best = max(counts, key=lambda other: counts[other], default=None)
        if best and counts[best]:
            return best
    return None


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


def _counts(literals: dict[str, str], context: str = "", most: int = COUNTED) -> dict[str, int]:
    """In how many documents the condition of each word holds, together with the context; no more
    than `most` are counted."""
    if not literals:
        return {}
    conditions = [f"({literal})" for literal in literals.values()]
    parameters = {
        "context": context,
        "most": most,
        "words": list(literals),
        "literals": conditions,
    }
    return dict(rows_of(PLANNING, FREQUENCIES, parameters))
