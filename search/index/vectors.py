"""Text vectors for PostgreSQL, written out by us.

`to_tsvector` would cut tokens by the rules of PostgreSQL's parser and of the database's locale;
writing the vector ourselves keeps the tokens of `search.text` on every server.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.text import IndexText

# PostgreSQL's limits: a vector of 1 MB, lexemes of 2 kB, positions up to 16383.
MAX_BYTES = 900_000
LAST_POSITION = 16_383
GAP = 10
JOINT = "_"
OWN = "##"
# Before a whole title.
WHOLE = "^="
LONGEST_WHOLE = 200
# Before neighbours, and single tokens of no other text, that stand in a file: they count less.
IN_FILES = "~"
# Before the unit and the type of the page.
MARK = "@"


def pairs(tokens: Sequence[str]) -> list[str]:
    """Each two neighbours as one lexeme: "khai_sinh". Two syllables are what a word mostly is."""
    return [f"{left}{JOINT}{right}" for left, right in zip(tokens, tokens[1:], strict=False)]


def whole(tokens: Sequence[str]) -> str:
    """A whole title as one lexeme."""
    return JOINT.join(tokens)[:LONGEST_WHOLE]


def finding(
    titles: Iterable[IndexText],
    texts: Iterable[IndexText],
    files: IndexText,
    own: Iterable[str],
    marks: Iterable[str],
) -> str:
    """The `tsvector` that finds a document (see `SearchEntry.words`).

    `files` is the text of its files, `own` are the keys of the document's own numbers, `marks` its
    unit's id and its type.
    """
    lexemes: set[str] = {OWN + key for key in own} | {"#" + key for key in own}
    lexemes.update([MARK + mark for mark in marks])
    in_files = files.folded.split()
    lexemes.update(in_files, ["#" + key for key in files.numbers])
    lexemes.update(IN_FILES + pair for pair in pairs(in_files))
    own_tokens: set[str] = set()
    for text in texts:
        tokens = text.folded.split()
        own_tokens.update(tokens)
        lexemes.update(pairs(tokens))
        lexemes.update(["#" + key for key in text.numbers])
    lexemes.update(own_tokens, [IN_FILES + token for token in set(in_files) - own_tokens])
    for title in titles:
        lexemes.update(["^" + token for token in title.folded.split()])
        lexemes.add(WHOLE + whole(title.folded.split()))
    return written(lexemes)


def written(lexemes: Iterable[str]) -> str:
    """A `tsvector` of lexemes without positions. Tokens have no character that needs quotes."""
    text = " ".join(lexemes)
    if 4 * len(text) < MAX_BYTES or len(text.encode()) < MAX_BYTES:
        return text
    return text.encode()[:MAX_BYTES].decode(errors="ignore").rpartition(" ")[0]


class Heads:
    """Collects titles and summaries with positions; `str()` gives the literal of a `tsvector`."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._next = 1

    def add(self, text: IndexText, weight: str) -> None:
        """Append a text after a gap that no phrase crosses, in both forms, with its pairs."""
        folded, exact = text.folded.split(), text.exact.split()
        self._put(folded, weight)
        self._put(pairs(folded), weight)
        marked = [
            "=" + word if word != plain else "" for word, plain in zip(exact, folded, strict=True)
        ]
        self._put(marked, weight)
        self._next += len(folded) + GAP

    def _put(self, lexemes: Sequence[str], weight: str) -> None:
        for at, lexeme in enumerate(lexemes, self._next):
            if lexeme:
                place = f"{min(at, LAST_POSITION)}{weight}"
                self._places.setdefault(lexeme, []).append(place)

    def __str__(self) -> str:
        return " ".join(f"{lexeme}:{','.join(at)}" for lexeme, at in self._places.items())


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in the literal of a `tsquery`."""
    return f"'{lexeme}'" if lexeme.isalnum() else _escaped(lexeme)


def _escaped(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
