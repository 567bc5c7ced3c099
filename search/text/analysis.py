"""What is put into the index for a text."""

from __future__ import annotations

from dataclasses import dataclass

from .chars import clean
from .numbers import document_numbers
from .tokens import forms, words


@dataclass(frozen=True, slots=True)
class IndexText:
    """A text as the index stores it.

    ``exact`` and ``folded`` are the tokens with and without accents joined by single spaces, with
    the same number of tokens at the same positions; ``accents`` the different tokens that have
    accents; ``numbers`` are the keys of the document numbers in the text, for a field of keywords.
    """

    exact: str
    folded: str
    accents: frozenset[str]
    numbers: tuple[str, ...]


def analyse(text: str) -> IndexText:
    """Return the strings to index for ``text`` (plain text of any length, not HTML)."""
    text = clean(text)
    every = words(text)
    # A text has half as many different words as words.
    known = {word: forms(word) for word in set(every)}
    keys = dict.fromkeys(key for number in document_numbers(text) for key in number.keys)
    return IndexText(
        exact=" ".join([known[word][0] for word in every]),
        folded=" ".join([known[word][1] for word in every]),
        accents=frozenset(exact for exact, folded in known.values() if exact != folded),
        numbers=tuple(keys),
    )
