"""What a person typed into the search box, understood."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .abbreviations import AbbreviationTable, Expansion, shipped_table
from .chars import clean
from .keyboard import decode_typing
from .legacy import decode_legacy
from .numbers import DocumentNumber, query_numbers
from .tokens import Token, tokens

#: Only so much of what was typed is looked at (code points), and so many tokens are asked for.
MAX_CHARS: Final = 2_000
MAX_TOKENS: Final = 64

_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_QUOTED: Final = re.compile(r'(?<!\w)(-?)(?:"([^"]*)"|“([^“”]*)”|«([^«»]*)»)')
_MINUS: Final = re.compile(r"(?<!\S)-(?=[^\W_])\S+")

TokenRun = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood.

    ``raw`` is what was typed (cut to :data:`MAX_CHARS`), ``text`` what it was taken for (offsets
    refer to it). ``tokens`` are the wanted tokens in order, those of ``phrases`` (quoted, two or
    more tokens) included; ``excluded`` are runs that must not occur. ``numbers`` are the document
    numbers meant, ``expansions`` other ways to say parts of ``tokens`` (indexes into them).
    ``has_marks`` tells whether any token has accents; ``decoded_from`` is the typed text when
    ``text`` was decoded from Telex, VNI or a legacy font; ``truncated`` whether something was cut.
    """

    raw: str
    text: str
    tokens: TokenRun
    phrases: tuple[TokenRun, ...] = ()
    excluded: tuple[TokenRun, ...] = ()
    numbers: tuple[DocumentNumber, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    has_marks: bool = False
    decoded_from: str | None = None
    truncated: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.tokens)

    @property
    def word_tokens(self) -> TokenRun:
        """The wanted tokens that are no part of a document number."""
        spans = [(number.start, number.said_until) for number in self.numbers]
        return tuple(
            token
            for token in self.tokens
            if not any(start <= token.start < end for start, end in spans)
        )

    @property
    def exact(self) -> str:
        """The wanted tokens as the field of exact forms has them."""
        return " ".join(token.exact for token in self.tokens)

    @property
    def folded(self) -> str:
        """The wanted tokens as the folded field has them."""
        return " ".join(token.fold for token in self.tokens)


def parse_query(raw: str, table: AbbreviationTable | None = None) -> Query:
    """Understand ``raw``, whatever it is; never raises for a string.

    Args:
        raw: what was typed or pasted.
        table: abbreviations to use instead of the shipped ones.
    """
    cut = raw[:MAX_CHARS]
    text, decoded_from = _decoded(cut)
    excluded_spans, phrase_spans = _marked_spans(text)
    every = tokens(text)
    wanted = [token for token in every if not _inside(token, excluded_spans)]
    if not wanted:
        # Only a minus: more likely a pasted dash than a wish to find nothing.
        wanted, excluded_spans = every, []
    kept = tuple(wanted[:MAX_TOKENS])
    numbers = _numbers(text, excluded_spans, kept)
    return Query(
        raw=cut,
        text=text,
        tokens=kept,
        phrases=tuple(run for run in _runs(kept, phrase_spans) if len(run) > 1),
        excluded=tuple(run for run in _runs(every, excluded_spans) if run)[:MAX_TOKENS],
        numbers=numbers,
        expansions=_expansions(kept, numbers, table or shipped_table()),
        has_marks=any(token.has_marks for token in kept),
        decoded_from=decoded_from,
        truncated=len(raw) > MAX_CHARS or len(wanted) > MAX_TOKENS,
    )


def _decoded(raw: str) -> tuple[str, str | None]:
    """Return the clean text that was meant, and the typed one where it had to be decoded."""
    unescaped = _TAG.sub(" ", html.unescape(raw))
    typed = clean(unescaped)
    unicode_text = clean(decode_legacy(unescaped))
    meant = decode_typing(unicode_text) or unicode_text
    return meant, None if meant == typed else typed


def _marked_spans(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans with a minus before them and the quoted ones."""
    excluded: list[tuple[int, int]] = []
    phrases: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(text):
        (excluded if match[1] else phrases).append(match.span())
    for match in _MINUS.finditer(text):
        if not any(start <= match.start() < end for start, end in [*excluded, *phrases]):
            excluded.append(match.span())
    return excluded, phrases


def _inside(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


def _runs(of: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[TokenRun]:
    return [tuple(token for token in of if _inside(token, [span])) for span in spans]


def _expansions(
    kept: TokenRun, numbers: Sequence[DocumentNumber], table: AbbreviationTable
) -> tuple[Expansion, ...]:
    """Expand, but not what is written inside a document number."""
    spans = [(number.start, number.end) for number in numbers if number.certain]
    return tuple(
        expansion for expansion in table.expand(kept) if not _inside(kept[expansion.start], spans)
    )


def _numbers(
    text: str, excluded: Sequence[tuple[int, int]], kept: Sequence[Token]
) -> tuple[DocumentNumber, ...]:
    last = kept[-1].end if kept else 0
    return tuple(
        number
        for number in query_numbers(text[:last])
        if not any(start <= number.start < end for start, end in excluded)
    )
