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
    the same number of tokens at the same positions; ``numbers`` are the keys of the document
    numbers in the text, for a field of keywords.
    """

    exact: str
    folded: str
    numbers: tuple[str, ...]


def analyse(text: str) -> IndexText:
    """Return the strings to index for ``text`` (plain text of any length, not HTML)."""
    text = clean(text)
    pairs = [forms(word) for word in words(text)]
    keys = dict.fromkeys(key for number in document_numbers(text) for key in number.keys)
    return IndexText(
        exact=" ".join(exact for exact, _ in pairs),
        folded=" ".join(folded for _, folded in pairs),
        numbers=tuple(keys),
    )
