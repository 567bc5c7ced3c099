"""The passage of a text that answers a query, with the found words marked.

They are marked in the text as it was written, whatever its tone placement.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Final

from .chars import clean
from .hits import Hit, all_terms, finder_for
from .query import Query

#: Text beyond this length (code points) is not searched for a passage.
MAX_SCANNED: Final = 200_000

_GAP: Final = " … "
_SPACE: Final = re.compile(r"\s")
# Stand for the marks until all is escaped; clean text has no such characters.
_OPEN, _CLOSE = "\x02", "\x03"


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
    hits = finder_for(query).hits(text)
    return _render(text, hits, _spans(text, hits, length, max_fragments))


def _spans(text: str, hits: Sequence[Hit], length: int, count: int) -> list[tuple[int, int]]:
    """Choose the passages: one if it shows every term, else several shorter ones."""
    if len(text) <= length:
        return [(0, len(text))]
    if not hits:
        return [_at_words(text, 0, length)]
    missing = all_terms(hits)
    best = _best_window(hits, missing, length)
    if count == 1 or all_terms(best) == missing:
        return [_around(text, best, length)]
    spans: list[tuple[int, int]] = []
    each, free = max(1, length // count), hits
    for _ in range(min(count, length)):
        best = _best_window(free, missing, each)
        start, end = _around(text, best, each)
        spans.append((start, end))
        missing &= ~all_terms(best)
        free = [hit for hit in free if not start <= hit.start < end]
        if not missing or not free:
            break
    return _disjoint(spans)


def _best_window(hits: Sequence[Hit], wanted: int, length: int) -> Sequence[Hit]:
    """Return the hits within ``length`` that show the most terms of ``wanted``, then the longest
    stretches of text."""
    terms = [hit.terms & wanted for hit in hits]
    widths = [0, *accumulate(hit.end - hit.start for hit in hits)]
    best, best_score = (0, 1), (-1, -1)
    first = 0
    for last, hit in enumerate(hits):
        while first < last and hit.end - hits[first].start > length:
            first += 1
        shown = reduce(or_, terms[first : last + 1])
        score = (shown.bit_count(), widths[last + 1] - widths[first])
        if score > best_score:
            best, best_score = (first, last + 1), score
    return hits[slice(*best)]


def _around(text: str, hits: Sequence[Hit], length: int) -> tuple[int, int]:
    """Return a span of ``length`` with ``hits`` a little left of its middle."""
    start, end = hits[0].start, hits[-1].end
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


def _render(text: str, hits: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> str:
    pieces = _GAP.join(_marked(text, hits, start, end) for start, end in spans)
    before = "… " if spans[0][0] > 0 else ""
    after = " …" if spans[-1][1] < len(text) else ""
    escaped = html.escape(f"{before}{pieces}{after}")
    return escaped.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def _marked(text: str, hits: Sequence[Hit], start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for hit in hits:
        if start < hit.end and hit.start < end:
            begin, stop = max(hit.start, start), min(hit.end, end)
            parts += (text[at:begin], _OPEN, text[begin:stop], _CLOSE)
            at = stop
    return "".join([*parts, text[at:end]]).strip()
