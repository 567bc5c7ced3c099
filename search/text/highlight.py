"""The passage of a text that answers a query, with the found words marked.

Matches are found in the folded text; folding keeps every offset, so they are marked in the text
as it was written, whatever its tone placement. Work grows linearly with the text.
"""

from __future__ import annotations

import bisect
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .chars import clean, fold_to_bytes
from .query import Query
from .tokens import Token, forms, iter_tokens

#: Text beyond this length (code points) is not searched for a passage.
MAX_SCANNED: Final = 200_000

_GAP: Final = " … "
_SPACE: Final = re.compile(r"\s")
# Words of scripts where a word boundary is what regular expressions take for one.
_LATIN: Final = re.compile("[0-9a-z]+")

#: Syllables so common that alone they mark nothing.
STOP_FOLDS: Final = frozenset(
    """
    va cua la cac cho co trong ve theo tai voi duoc mot nhung de o khi den tu da nay do bi
    ra vao nhu thi ma tren so nam ngay the of and in to for
    """.split()  # noqa: SIM905
)


class _Hit(NamedTuple):
    """A stretch of the text to mark, and the query's terms it answers (folded)."""

    start: int
    end: int
    terms: frozenset[str]


def highlight(
    original: str,
    query: Query,
    *,
    length: int = 240,
    max_fragments: int = 2,
    is_clean: bool = False,
) -> str:
    """Return HTML: the best passages of plain text ``original`` with hits in ``<mark>``.

    Args:
        original: plain text (not HTML); NFD and any white space are fine.
        query: from :func:`search.text.parse_query`.
        length: how many characters of the text to show at most, all passages together.
        max_fragments: how many separate passages may share that length.
        is_clean: that ``original`` went through :func:`search.text.clean` before it was stored.

    Returns:
        Escaped HTML without line ends; the beginning of the text when nothing is found.

    Raises:
        ValueError: if ``length`` or ``max_fragments`` is not positive.
    """
    if length < 1 or max_fragments < 1:
        raise ValueError("length and max_fragments must be positive")
    text = original[:MAX_SCANNED]
    if not is_clean:
        text = clean(text)
    hits = _hits(text, query)
    spans = _spans(text, hits, length, max_fragments)
    return _render(text, hits, spans)


def _hits(text: str, query: Query) -> list[_Hit]:
    if not query.tokens:
        return []
    found = _relevant(text, query)
    matched = _matching(text, found, _sequences(query))
    matched.update(_matching_words(found, query))
    return list(_without_strays(text, found, matched, query))


def _relevant(text: str, query: Query) -> list[Token]:
    """The tokens of ``text`` that a query can mark; only these are looked for."""
    wanted = {token.fold for token in query.tokens}
    wanted.update(part for expansion in query.expansions for part in expansion.folded)
    if not all(map(_LATIN.fullmatch, wanted)):
        return [token for token in iter_tokens(text) if token.fold in wanted]
    found = []
    for match in _pattern(frozenset(wanted)).finditer(fold_to_bytes(text)):
        word = text[match.start() : match.end()]
        exact, folded = forms(word)
        if folded in wanted:
            found.append(Token(word, folded, exact, match.start(), match.end()))
    return found


@lru_cache(maxsize=64)
def _pattern(wanted: frozenset[str]) -> re.Pattern[bytes]:
    """Finds folded words in folded text, where i may be written as y."""
    longest_first = sorted(wanted, key=len, reverse=True)
    words = "|".join(word.replace("i", "[iy]") for word in longest_first)
    return re.compile(rf"\b(?:{words})\b".encode())


def _matching_words(found: Sequence[Token], query: Query) -> dict[int, str]:
    """Return index → folded term of the tokens that match a word of the query.

    A word asked for with accents matches the same accents; where it never stands with them, it
    matches like one asked for without.
    """
    exacts: defaultdict[str, set[str]] = defaultdict(set)
    for token in query.tokens:
        exacts[token.fold].add(token.exact)
    by_fold: defaultdict[str, list[int]] = defaultdict(list)
    for i, token in enumerate(found):
        if token.fold in exacts:
            by_fold[token.fold].append(i)
    matched = {}
    for folded, places in by_fold.items():
        wanted = exacts[folded]
        same = [i for i in places if found[i].exact in wanted]
        chosen = places if folded in wanted or not same else same
        matched.update(dict.fromkeys(chosen, folded))
    return matched


def _sequences(query: Query) -> dict[str, list[tuple[str, ...]]]:
    """Return the expansions' token runs by their first folded token."""
    runs: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for expansion in query.expansions:
        runs[expansion.folded[0]].append(expansion.folded)
    return runs


def _matching(
    text: str, found: Sequence[Token], runs: dict[str, list[tuple[str, ...]]]
) -> dict[int, str]:
    """Return index → term of the tokens that are part of a whole run."""
    matched = {}
    for i, token in enumerate(found):
        for run in runs.get(token.fold, ()):
            part = found[i : i + len(run)]
            if tuple(other.fold for other in part) == run and _in_a_row(text, part):
                term = " ".join(run)
                matched.update(dict.fromkeys(range(i, i + len(run)), term))
    return matched


def _in_a_row(text: str, part: Sequence[Token]) -> bool:
    """Whether no other token stands between these."""
    gaps = (text[left.end : right.start] for left, right in zip(part, part[1:], strict=False))
    return not any(char.isalnum() for gap in gaps for char in gap)


def _without_strays(
    text: str, found: Sequence[Token], matched: dict[int, str], query: Query
) -> Iterator[_Hit]:
    """Join neighbours to one hit; drop single syllables that also occur inside a longer hit.

    Syllables are parts of words: after "khai sinh" was found, "sinh" of "học sinh" is noise.
    """
    groups = [*_neighbours(text, found, sorted(matched))]
    in_runs = {matched[i] for group in groups if len(group) > 1 for i in group}
    alone = len({token.fold for token in query.tokens}) == 1
    for group in groups:
        terms = {matched[i] for i in group}
        is_stray = terms <= in_runs or terms <= STOP_FOLDS
        if len(group) == 1 and is_stray and not alone:
            continue
        yield _Hit(found[group[0]].start, found[group[-1]].end, frozenset(terms))


def _neighbours(text: str, found: Sequence[Token], places: Iterable[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for i in places:
        if group and (i != group[-1] + 1 or text[found[i - 1].end : found[i].start] not in _JOINS):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


_JOINS: Final = frozenset((" ", "", "-", "/", " - ", " / ", "&", "."))


def _spans(text: str, hits: Sequence[_Hit], length: int, count: int) -> list[tuple[int, int]]:
    """Choose the passages: one if it shows every term, else several shorter ones."""
    if len(text) <= length:
        return [(0, len(text))]
    if not hits:
        return [_at_words(text, 0, length)]
    every = frozenset().union(*(hit.terms for hit in hits))
    best, shown = _best_window(hits, every, length)
    if shown == every or count == 1:
        return [_around(text, hits, best, length)]
    spans: list[tuple[int, int]] = []
    missing, each = every, length // count
    for _ in range(count if each else 1):
        free = [hit for hit in hits if not any(s <= hit.start < e for s, e in spans)]
        if not missing or not free:
            break
        best, shown = _best_window(free, missing, max(each, 1))
        spans.append(_around(text, free, best, max(each, 1)))
        missing -= shown
    return _disjoint(spans)


def _best_window(
    hits: Sequence[_Hit], wanted: frozenset[str], length: int
) -> tuple[range, frozenset[str]]:
    """Return the run of hits within ``length`` that shows the most of ``wanted``, and what."""
    inside: dict[str, int] = {}
    best, best_score, best_terms = range(1), (-1, -1), frozenset[str]()
    first = 0
    for last, hit in enumerate(hits):
        for term in hit.terms & wanted:
            inside[term] = inside.get(term, 0) + 1
        while first < last and hit.end - hits[first].start > length:
            for term in hits[first].terms & wanted:
                inside[term] -= 1
                if not inside[term]:
                    del inside[term]
            first += 1
        if len(inside) < best_score[0]:
            continue
        score = (len(inside), sum(h.end - h.start for h in hits[max(first, last - 8) : last + 1]))
        if score > best_score:
            best, best_score, best_terms = range(first, last + 1), score, frozenset(inside)
    return best, best_terms


def _around(text: str, hits: Sequence[_Hit], run: range, length: int) -> tuple[int, int]:
    """Return a span of ``length`` with the hits of ``run`` a little left of its middle."""
    start, end = hits[run[0]].start, hits[run[-1]].end
    room = max(0, length - (end - start))
    begin = max(0, min(start - room // 3, len(text) - length))
    return _at_words(text, begin, min(len(text), begin + length))


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span to whole words, unless it would lose much of it."""
    slack = (end - start) // 4
    if start > 0 and not text[start - 1].isspace():
        space = _SPACE.search(text, start, start + slack)
        start = space.end() if space else start
    if end < len(text) and not text[end].isspace():
        space_at = max(text.rfind(" ", end - slack, end), -1)
        end = space_at if space_at > start else end
    return start, end


def _disjoint(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _render(text: str, hits: Sequence[_Hit], spans: Sequence[tuple[int, int]]) -> str:
    pieces = [_marked(text, hits, start, end) for start, end in spans]
    before = "… " if spans[0][0] > 0 else ""
    after = " …" if spans[-1][1] < len(text) else ""
    return before + _GAP.join(pieces) + after


def _marked(text: str, hits: Sequence[_Hit], start: int, end: int) -> str:
    parts, at = [], start
    first = bisect.bisect_right([hit.end for hit in hits], start)
    for hit in hits[first:]:
        if hit.start >= end:
            break
        begin, stop = max(hit.start, start), min(hit.end, end)
        parts += [html.escape(text[at:begin]), f"<mark>{html.escape(text[begin:stop])}</mark>"]
        at = stop
    return "".join([*parts, html.escape(text[at:end])]).strip()
