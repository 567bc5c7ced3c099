"""Plain text, web pages in disguise, and RTF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from .pieces import Piece, in_pieces

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Bytes as text: Unicode, else one of the code pages of old Vietnamese fonts.

    Those were stored as Western letters; `search.text.decode_legacy` makes them Vietnamese.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_text(data: bytes) -> Iterator[Piece]:
    """Plain text."""
    yield from in_pieces(decode(data).splitlines())


def read_html(data: bytes) -> Iterator[Piece]:
    """A web page; many programs save one as .doc or .xls."""
    page = _Page()
    page.feed(decode(data))
    yield from in_pieces("".join(page.text).splitlines())


class _Page(HTMLParser):
    """Collects what stands between tags, but for scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        self.text.append("\t" if tag in ("td", "th") else "")
        self.text.append("\n" if tag in ("p", "div", "tr", "li", "h1", "h2", "h3") else "")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


# -------------------------------------------------------------------------------------------- RTF

_RTF = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl",
    "headerr", "footerl", "footerr", "listtable", "listoverridetable", "rsidtbl", "generator",
    "themedata", "colorschememapping", "datastore", "latentstyles", "fldinst", "xmlnstbl",
    "mmathPr",
}  # fmt: skip
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": "\t",
           "cell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
           "ldblquote": "“", "rdblquote": "”", "bullet": "•"}  # fmt: skip


def read_rtf(data: bytes) -> Iterator[Piece]:
    """Rich text."""
    yield from in_pieces(_Rich().text_of(data).splitlines())


class _Rich:
    """Follows the groups of an RTF file. A group's state: is it text, how many bytes stand in for
    a Unicode character."""

    def __init__(self) -> None:
        self._shown, self._stand_ins = True, 1
        self._groups: list[tuple[bool, int]] = []
        self._page = "cp1252"
        self._to_skip = 0
        self._optional = False
        self._text: list[str] = []

    def text_of(self, data: bytes) -> str:
        """The text of a file."""
        for match in _RTF.finditer(data):
            word, number, code, symbol, brace, plain = match.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word.decode(), int(number) if number else None)
            elif code:
                self._show(bytes([int(code, 16)]))
            elif symbol:
                self._symbol(symbol)
            elif plain:
                self._show(plain)
        joined = "".join(self._text)
        return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        if brace == b"{":
            self._groups.append((self._shown, self._stand_ins))
        elif self._groups:
            self._shown, self._stand_ins = self._groups.pop()

    def _word(self, word: str, number: int | None) -> None:
        if word in _SKIPPED or self._optional:
            self._shown = False
        self._optional = False
        if word == "ansicpg" and number:
            self._page = f"cp{number}" if number in range(1250, 1259) else "cp1252"
        elif word == "uc" and number is not None:
            self._stand_ins = number
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._to_skip = self._stand_ins
        elif word in _BREAKS:
            self._add(_BREAKS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._optional = True
        else:
            self._add({b"~": " ", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))

    def _show(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._add(data[skipped:].decode(self._page, "replace"))

    def _add(self, text: str) -> None:
        if self._shown:
            self._text.append(text)
