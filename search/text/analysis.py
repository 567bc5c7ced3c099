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


def analyse(text: str, *, is_clean: bool = False) -> IndexText:
    """Return the strings to index for ``text`` (plain text of any length, not HTML).

    ``is_clean`` tells that it went through :func:`search.text.clean` already.
    """
    if not is_clean:
        text = clean(text)
    if not text:
        return _NOTHING
    pairs = [*map(forms, words(text))]
    keys = dict.fromkeys(key for number in document_numbers(text) for key in number.keys)
    return IndexText(
        exact=" ".join([exact for exact, _ in pairs]),
        folded=" ".join([folded for _, folded in pairs]),
        accents=frozenset([exact for exact, folded in set(pairs) if exact != folded]),
        numbers=tuple(keys),
    )


_NOTHING = IndexText("", "", frozenset(), ())
