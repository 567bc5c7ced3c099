"""Numbers of documents ("15/2024/QĐ-UBND") found in texts and in what people type.

Forms in law: number/year/kind-issuer for legal documents (Law 64/2025/QH15 and its decrees),
number/kind-issuer for administrative ones (Decree 30/2020/NĐ-CP, article 8 and appendix III),
number-kind/issuer for those of the Party. Spaces, dashes, capitals and đ vary in practice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from .abbreviations import shipped_table
from .chars import fold, nfc
from .tokens import Token, tokens

_NUMBER: Final = r"(?<![\w/.,])(?P<number>\d{1,6}(?:\.\d{1,3})?[a-zA-Z]?)"
_LETTERS: Final = r"[^\W\d_][^\W_]{0,14}(?:\.Ư|&[^\W_]{1,8})?"
_SYMBOL: Final = rf"(?P<symbol>{_LETTERS}(?:[-–—/]{_LETTERS}){{0,3}})"
_SLASH: Final = r"\s{0,2}/\s{0,2}"
_STRICT: Final = re.compile(
    rf"{_NUMBER}(?:{_SLASH}(?P<year>(?:19|20)\d\d)\s{{0,2}}[/-]\s{{0,2}}|{_SLASH}|\s?(?P<dash>[-–])\s?){_SYMBOL}"
)
_MORE_SYMBOL: Final = re.compile(r"\s{0,2}[-–—]\s{0,2}([^\W\d_][^\W_]{1,14})|\s([^\W\d_]{2,10})\b")
_YEAR_AFTER: Final = re.compile(
    r"\s{0,2}(?:/|,?\s(?:ngày\s\d{1,2}(?:[/.-]|\stháng\s)\d{1,2}(?:[/.-]|\snăm\s))?(?:năm\s)?)"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_SO_BEFORE: Final = re.compile(r"\bs[ốo]\s?[:.]?\s{0,2}$", re.IGNORECASE)
_PART: Final = re.compile(r"[-–—/]")
_QUERY_NUMBER: Final = re.compile(r"\d{1,6}[a-z]?")
_KIND_AND_NUMBER: Final = re.compile(r"([a-z]{2,4})(\d{1,6})")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LONGEST_KIND_NAME: Final = 5

#: Issuers that occur in numbers but are no abbreviations of daily use.
_OTHER_ISSUERS: Final = frozenset(
    ["tw", "tu", "hu", "du", "cp", "qh", "ct", "ctn", "ttg", "ubtvqh", "bcd"]
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number, taken apart.

    ``text`` stands at ``start``:``end`` of the NFC text. ``number`` has no leading zeros.
    ``symbol`` is kind and issuer in folded letters ("qdubnd"), ``kind`` ("qd") and ``issuer``
    ("ubnd") its parts where known; ``year`` is None where none is given. ``said_until`` is where
    the words end that give the year after the number ("… năm 2024"), else ``end``. ``certain`` is
    False for a guess from loose words in a query.
    """

    text: str
    start: int
    end: int
    number: str
    year: int | None = None
    kind: str = ""
    issuer: str = ""
    symbol: str = ""
    said_until: int = 0
    certain: bool = True

    @property
    def key(self) -> str:
        """The most exact key; a document with this number has it among its :attr:`keys`."""
        return _key(self.number, self.year, self.symbol)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys under which the number may be asked for, the most exact first."""
        symbols = dict.fromkeys((self.symbol, self.kind, self.issuer, ""))
        years = dict.fromkeys((self.year, None))
        return tuple(_key(self.number, year, symbol) for year in years for symbol in symbols)

    def with_year(self, year: int) -> DocumentNumber:
        """Return the number with the year of its document, when it names none itself."""
        return self if self.year else replace(self, year=year)


def document_numbers(text: str) -> list[DocumentNumber]:
    """Return the document numbers that stand in ``text``, in order (offsets in ``NFC(text)``)."""
    return _strict(nfc(text), from_query=False)


def query_numbers(text: str) -> list[DocumentNumber]:
    """Return the document numbers meant in a query, loosely typed ones included.

    "qd 15 2024", "số 15/2024", "15/QĐ-UBND năm 2024" and "nghị định 30" are understood.
    """
    text = nfc(text)
    found = _strict(text, from_query=True)
    covered = [(number.start, number.said_until) for number in found]
    free = [
        part
        for token in tokens(text)
        if not any(start <= token.start < end for start, end in covered)
        for part in _kind_apart(token)
    ]
    return sorted([*found, *_loose(text, free)], key=lambda number: number.start)


def _kind_apart(token: Token) -> list[Token]:
    """Split "nđ30" into the kind and the number."""
    match = _KIND_AND_NUMBER.fullmatch(token.fold)
    if not match or match[1] not in _kinds() or len(token.text) != len(token.fold):
        return [token]
    cut, at = match.end(1), token.start + match.end(1)
    return [
        Token(token.text[:cut], match[1], token.exact[:cut], token.start, at),
        Token(token.text[cut:], match[2], token.exact[cut:], at, token.end),
    ]


def _strict(text: str, *, from_query: bool) -> list[DocumentNumber]:
    found, at = [], 0
    while match := _STRICT.search(text, at):
        number = _from_match(text, match, from_query)
        at = number.said_until if number else match.end("number")
        if number:
            found.append(number)
    return found


def _from_match(text: str, match: re.Match[str], from_query: bool) -> DocumentNumber | None:
    parts = _symbol_parts(match["symbol"])
    end = match.start("symbol") + len(match["symbol"])
    if len(parts) < len(_PART.split(match["symbol"])):
        end = match.start("symbol") + len(_leading(match["symbol"], len(parts)))
    year = match["year"]
    kind, issuer = _kind_and_issuer(parts)
    if not _plausible(text, match, parts, kind, issuer, from_query):
        return None
    if kind and not issuer and (more := _issuer_after(text, end, from_query)):
        issuer, end = more
    until = end
    if not year and (after := _YEAR_AFTER.match(text, end)):
        year, until = after["year"], after.end()
        end = until if text[end:until].lstrip().startswith("/") else end
    return DocumentNumber(
        text=text[match.start() : end],
        start=match.start(),
        end=end,
        number=_plain_number(match["number"]),
        year=int(year) if year else None,
        kind=kind,
        issuer=_letters(_PART.split(issuer)[0]),
        symbol=kind + _letters(issuer),
        said_until=until,
    )


def _symbol_parts(symbol: str) -> list[str]:
    """Split a symbol, without words that only follow it ("QĐ-UBND-về")."""
    parts = _PART.split(symbol)
    if parts[0].islower():
        return parts
    for i, part in enumerate(parts):
        if part.islower():
            return parts[:i]
    return parts


def _leading(symbol: str, count: int) -> str:
    ends = [match.start() for match in _PART.finditer(symbol)]
    return symbol[: ends[count - 1]]


def _kind_and_issuer(parts: list[str]) -> tuple[str, str]:
    """Return the folded kind ("" when unknown) and the issuer's parts joined by a dash."""
    first, rest = _letters(parts[0]), "-".join(parts[1:])
    if first in _kinds():
        return first, rest
    if rest:
        return "", "-".join(parts)
    for size in range(min(4, len(first) - 1), 1, -1):
        if first[:size] in _kinds() and _is_issuer(first[size:]):
            return first[:size], first[size:]
    return "", first


def _plausible(
    text: str,
    match: re.Match[str],
    parts: list[str],
    kind: str,
    issuer: str,
    from_query: bool,
) -> bool:
    """Tell a document number from a date, a measure ("5 m3/s") or a house number."""
    capitals = parts[0][0].isupper() and any(char.isupper() for char in "".join(parts)[1:])
    known = bool(kind) or any(_is_issuer(_letters(part)) for part in parts)
    if match["dash"]:
        return bool(kind) and capitals and "/" in match["symbol"]
    if match["year"]:
        return capitals or known
    if capitals and _SO_BEFORE.search(text[max(0, match.start() - 8) : match.start()]):
        return True
    return known and (capitals or from_query or bool(kind and issuer))


def _issuer_after(text: str, at: int, from_query: bool) -> tuple[str, int] | None:
    match = _MORE_SYMBOL.match(text, at)
    if not match:
        return None
    word = match[1] or match[2]
    if not _is_issuer(_letters(word)) or not (from_query or word[:2].isupper()):
        return None
    return word, match.end()


def _loose(text: str, free: Sequence[Token]) -> list[DocumentNumber]:
    found: list[DocumentNumber] = []
    at = 0
    while at < len(free):
        read = _read_loose(text, free, at) if _QUERY_NUMBER.fullmatch(free[at].fold) else None
        if read:
            found.append(read[0])
        at = read[1] if read else at + 1
    return found


def _read_loose(text: str, free: Sequence[Token], at: int) -> tuple[DocumentNumber, int] | None:
    """Read a number at token ``at``; return it and the index of the first token after it."""
    said_number = at > 0 and free[at - 1].fold == "so"
    kind, first = _kind_before(free, at - 1 if said_number else at)
    year, after = _year_after(free, at + 1)
    if not kind and after < len(free) and free[after].fold in _kinds():
        kind, after = free[after].fold, after + 1
    issuer = ""
    if (kind or year) and after < len(free) and _is_issuer(free[after].fold):
        issuer, after = free[after].fold, after + 1
    slashed = year is not None and _slash_between(text, free[at], free[at + 1])
    if not _loosely_plausible(free, at, kind, issuer, year, said_number, slashed):
        return None
    start, end = free[first if kind else at].start, free[after - 1].end
    start = min(start, free[at].start)
    # Laws are numbered without a kind: 72/2025/QH15.
    kind = "" if kind == "l" else kind
    number = DocumentNumber(
        text=text[start:end],
        start=start,
        end=end,
        number=_plain_number(free[at].fold),
        year=year,
        kind=kind,
        issuer=issuer,
        symbol=kind + issuer,
        said_until=end,
        certain=slashed,
    )
    return number, after


def _loosely_plausible(
    free: Sequence[Token],
    at: int,
    kind: str,
    issuer: str,
    year: int | None,
    said_number: bool,
    slashed: bool,
) -> bool:
    if year is None:
        counted = at + 1 < len(free) and free[at + 1].fold in ("nam", "thang", "ngay")
        return bool(kind) and not counted and not _YEAR.fullmatch(free[at].fold)
    # "5/2024" alone is a month; "15/2024" cannot be one.
    is_month = int(re.sub(r"\D", "", free[at].fold)) <= 12
    return bool(kind or issuer) or (slashed and (said_number or not is_month))


def _kind_before(free: Sequence[Token], end: int) -> tuple[str, int]:
    """Return the kind whose name or short form ends before token ``end``, and its first token."""
    for size in range(min(_LONGEST_KIND_NAME, end), 0, -1):
        name = tuple(token.fold for token in free[end - size : end])
        if kind := _kind_names().get(name):
            return kind, end - size
    return "", end


def _year_after(free: Sequence[Token], at: int) -> tuple[int | None, int]:
    """Return the year named at token ``at`` (perhaps after "năm") and the next index."""
    year_at = at + 1 if at < len(free) and free[at].fold == "nam" else at
    if year_at < len(free) and _YEAR.fullmatch(free[year_at].fold):
        return int(free[year_at].fold), year_at + 1
    return None, at


def _slash_between(text: str, left: Token, right: Token) -> bool:
    return text[left.end : right.start].strip() == "/"


@lru_cache(maxsize=1)
def _kind_names() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {("luat",): "l"}
    for row in shipped_table().rows:
        if row.group == "document":
            short = row.short_forms[0][1]
            names[(short,)] = short
            names[tuple(folded for _, folded in row.long_forms)] = short
    return names


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    return frozenset(_kind_names().values()) - {"l"}


@lru_cache(maxsize=1)
def _issuers() -> frozenset[str]:
    bodies = (row for row in shipped_table().rows if row.group == "body")
    return _OTHER_ISSUERS | {"".join(folded for _, folded in row.short_forms) for row in bodies}


def _is_issuer(letters: str) -> bool:
    plain = letters.rstrip("0123456789")
    if plain in _issuers():
        return True
    # Ministries and departments are named by a prefix: BTC, STC, TTBVTV is none.
    return len(plain) > 2 and plain[0] in "bs" and plain[1:] in _issuers()


def _letters(symbol: str) -> str:
    return "".join(char for char in fold(symbol) if char.isalnum())


def _plain_number(number: str) -> str:
    return number.lower().lstrip("0") or "0"


def _key(number: str, year: int | None, symbol: str) -> str:
    return "/".join(filter(None, (number, str(year or ""), symbol)))
