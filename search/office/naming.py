"""What a query names that pages need not say themselves: whose page it is, and what kind.

A calendar of Thanh Sơn has no "Thanh Sơn" in its title, and a procedure no "procedure".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.text import Token

from .vocabulary import Folds, Office, fits

# Kinds of units as people shorten them.
KINDS: dict[str, Folds] = {
    "x": ("xa",), "p": ("phuong",), "h": ("huyen",), "q": ("quan",), "t": ("tinh",),
    "tt": ("thi", "tran"), "tp": ("thanh", "pho"), "tx": ("thi", "xa"),
}  # fmt: skip
TYPES: dict[Folds, str] = {
    ("thu", "tuc", "hanh", "chinh"): "procedure",
    ("thu", "tuc"): "procedure",
    ("tthc",): "procedure",
    ("danh", "ba"): "contact",
    ("so", "dien", "thoai"): "contact",
    ("sdt",): "contact",
    ("lich", "cong", "tac"): "event",
    ("lich", "lam", "viec"): "event",
    ("hoi", "dap"): "question",
}
LONGEST = 7
# Names of communes that are words of every day: without the kind they are meant as such.
EVERYDAY: frozenset[Folds] = frozenset(
    tuple(name.split())
    for name in (
        "hoa binh", "thong nhat", "quyet thang", "doan ket", "dan chu", "cong hoa", "tu do",
        "doc lap", "toan thang", "dong tam", "thanh cong", "tien phong", "hop tac", "tan tien",
        "thong kenh", "hung thinh", "dai dong", "binh minh", "hiep luc", "tien tien", "thai hoc",
        "hong phong", "quang minh", "van hoa", "hop tien", "nhan quyen", "tu cuong", "binh dan",
        "vinh quang", "doan tung", "giai phong", "chien thang", "dang ky", "an toan", "an sinh",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Tokens `start` to `end` (indexes, end excluded) name a kind of page, or units by their ids.

    One of `types` and `units` is empty.
    """

    start: int
    end: int
    types: tuple[str, ...] = ()
    units: tuple[int, ...] = ()


def named_in(query: tuple[Token, ...], office: Office) -> tuple[Named, ...]:
    """The names in a query, from left to right, each the longest at its place."""
    return tuple(_named(query, office))


def _named(query: tuple[Token, ...], office: Office) -> Iterator[Named]:
    folds = tuple(token.fold for token in query)
    at = 0
    while at < len(query):
        ends = range(min(at + LONGEST, len(query)), at, -1)
        found = next(filter(None, (_name_at(query, folds, at, end, office) for end in ends)), None)
        if found:
            yield found
        at = found.end if found else at + 1


def _name_at(
    query: tuple[Token, ...], all_folds: Folds, start: int, end: int, office: Office
) -> Named | None:
    folds = all_folds[start:end]
    if folds in TYPES and len(query) > len(folds):
        return Named(start, end, types=(TYPES[folds],))
    sites = office.sites.get((*KINDS.get(folds[0], folds[:1]), *folds[1:]))
    if not sites or len(folds) < 2:
        return None
    units = [
        unit
        for unit, name, is_whole in sites
        if fits(query[start + 1 : end], name[-len(folds) + 1 :])
        and (is_whole or _stands_alone(query, start, end, name))
    ]
    return Named(start, end, units=tuple(dict.fromkeys(units))) if units else None


def _stands_alone(query: tuple[Token, ...], start: int, end: int, name: Folds) -> bool:
    """Whether a name without its kind is meant as a name: accents and all, beside other words."""
    folds = tuple(token.fold for token in query[start:end])
    return len(query) > end - start and folds not in EVERYDAY and fits(query[start:end], name)
