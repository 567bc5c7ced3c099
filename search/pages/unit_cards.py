"""The card of a unit: how to reach it, where it belongs, and what became of it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from search.index.models import SearchDocument
from search.office.naming import KINDS
from search.office.vocabulary import fits, office
from search.text import Token, tokens
from search.text.query import TokenRun
from sites.hosts.registry import Portal, portal_of_unit
from sites.units.models import AdministrativeUnit, Succession
from themes.names import unit_in_sentence, unit_name

from .cards import Card, Link

# So many units of one name are named.
NAMED = 5
MOST_WORDS, MOST_NAME_WORDS = 20, 8
# One syllable is a name only where nothing else was typed.
FEWEST_NAME_WORDS = 2

Words = dict[str, frozenset[str]]


def _words(*texts: str) -> Words:
    """Words by their folded form, with the accents that they may have."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for token in tokens(text):
            found[token.fold].add(token.exact)
    return {fold: frozenset(exact) for fold, exact in found.items()}


_AROUND = (
    "ubnd ủy ban nhân dân địa chỉ số điện thoại tử sđt liên hệ trụ sở trang web website cổng thông "
    "tin giờ làm việc ở đâu portal address phone contact"
)
_STRONG = "cũ sáp sát nhập hợp tên giải tách trước former old merged happened became"
_WEAK = "thuộc còn đổi nay giờ là thành gồm mới hiện"
_QUESTION = "nào đâu không gì chưa hay ai bao what where which"
# What people write around a unit's name when they want the unit itself.
AROUND = _words(_AROUND)
# What they write when they want to know what became of it. Alone, the weak ones say nothing:
# they need a word of a question.
STRONG, WEAK, QUESTION = _words(_STRONG), _words(_WEAK), _words(_QUESTION)
FATE = _words(
    _AROUND, _STRONG, _WEAK, _QUESTION,
    "nhất từ thể đây kia trực tồn tại bây vào với về đã được bị có thì sau khi hồi những các mấy "
    "và của chia bỏ xóa lập đơn vị hành chính chuyển sang gọi",
    "xã phường huyện quận tỉnh thị trấn thành phố",
    "is the was now into of did to become commune ward district province town "
    "township city",
)  # fmt: skip
# "xã cũ Thanh Xá", but not "trụ sở cũ xã Thanh Xá".
BEFORE_OLD = frozenset(["xa", "phuong", "huyen", "quan", "tinh", "tran", "pho"])


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` to `end` (end excluded) of a query carry the name of units.

    `asks_fate` tells that all others ask what became of the unit, `is_alone` that none asks for
    more than the unit itself.
    """

    start: int
    end: int
    is_alone: bool
    asks_fate: bool


def unit_card(query: TokenRun, home: AdministrativeUnit | None) -> Card | None:
    """The card of the unit that a query names, when it asks for nothing else; at most three
    queries, none where no name stands in it."""
    mentions = [one for one in _mentions(query) if one.is_alone or one.asks_fate]
    found = _units_named([query[one.start : one.end] for one in mentions])
    for mention in mentions:
        part = query[mention.start : mention.end]
        if units := [unit for unit in found if _carries(unit, part)]:
            return _card(units, home, asks_fate=mention.asks_fate)
    return None


def units_at_end(query: TokenRun) -> tuple[list[Any], TokenRun]:
    """The units whose name the query ends with, the longest name, and the words before it. One
    query, none where no name stands there."""
    ends = [one for one in _mentions(query) if one.end == len(query)]
    found = _units_named([query[one.start :] for one in ends])
    for one in ends:
        if units := [unit for unit in found if _carries(unit, query[one.start :])]:
            return units, query[: one.start]
    return [], query


def nearness(unit: AdministrativeUnit, home: AdministrativeUnit | None) -> tuple[Any, ...]:
    """Sorts units of one name: with a site, near the searcher, existing, larger."""
    own, theirs = (home.path if home else "").split("/"), unit.path.split("/")
    shared = sum(1 for a, b in zip(own, theirs, strict=False) if a and a == b)
    return portal_of_unit(unit.pk) is None, -shared, not unit.is_active(), len(theirs), unit.pk


# --------------------------------------------------------------------------- what a query says


def _mentions(query: TokenRun) -> Iterator[Mention]:
    """Where names of units stand, the longest first. Not from the database."""
    if not 0 < len(query) <= MOST_WORDS:
        return
    known, said = office().units, _folds(query)
    for size in range(min(len(query), MOST_NAME_WORDS), 0, -1):
        if size < FEWEST_NAME_WORDS and size < len(query):
            return
        for start in range(len(query) - size + 1):
            end = start + size
            if any(folds in known for folds in _readings(said[start:end])):
                before, after = query[:start], query[end:]
                is_alone = all(_is_one_of(AROUND, token) for token in (*before, *after))
                yield Mention(start, end, is_alone, not is_alone and _asks_fate(before, after))


def _is_one_of(words: Words, token: Token) -> bool:
    """Whether a token is one of some words; accents count where they were typed."""
    exact = words.get(token.fold)
    return exact is not None and (not token.has_marks or token.exact in exact)


def _asks_fate(before: TokenRun, after: TokenRun) -> bool:
    """Whether the words around a name ask what became of the unit, and nothing else."""
    rest = (*before, *after)
    if not all(_is_one_of(FATE, token) for token in rest):
        return False
    for one, token in zip(("", *(word.fold for word in before)), before, strict=False):
        if token.fold == "cu" and one not in BEFORE_OLD:
            return False
    if any(_is_one_of(STRONG, token) for token in rest):
        return True
    weak = any(_is_one_of(WEAK, token) for token in rest)
    return weak and any(_is_one_of(QUESTION, token) for token in rest)


# ------------------------------------------------------------------------------------ the units


def _readings(folds: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A folded name as typed, and where its kind is abbreviated, with that written out."""
    kind = KINDS.get(folds[0])
    return [folds, (*kind, *folds[1:])] if kind else [folds]


def _folds(name: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.fold for token in name)


def _units_named(names: Sequence[TokenRun]) -> list[Any]:
    """Units whose name is folded like one of these, with what they became and came from. No
    query where no name is one."""
    known = office().units
    found = {
        pk for name in names for folds in _readings(_folds(name)) for pk in known.get(folds, ())
    }
    if not found:
        return []
    other = {"old": "new", "new": "old"}
    relations = {
        side: ArraySubquery(
            Succession.objects.filter(**{side: OuterRef("pk")}).order_by(f"{end}__path").values(
                data=JSONObject(
                    pk=f"{end}__pk",
                    name=f"{end}__name",
                    short_name=f"{end}__short_name",
                    kind=f"{end}__kind",
                    tier=f"{end}__tier",
                    extent=F("extent"),
                    since="new__valid_from",
                    parent=JSONObject(
                        name=f"{end}__parent__name",
                        short_name=f"{end}__parent__short_name",
                        kind=f"{end}__parent__kind",
                    ),
                )
            )
        )
        for side, end in other.items()
    }  # fmt: skip
    units = AdministrativeUnit.objects.filter(pk__in=found).select_related("parent__parent")
    units = units.annotate(became=relations["old"], came_from=relations["new"])
    return list(units)


def _carries(unit: AdministrativeUnit, typed: TokenRun) -> bool:
    """Whether a unit's whole name, with or without its kind, was typed, accents and all."""
    for text in (unit.name, unit.short_name, unit.english_name):
        own = tokens(text)
        if _folds(own) not in _readings(_folds(typed)):
            continue
        last = min(len(own), len(typed))
        if text == unit.english_name or fits(typed[-last:], [token.exact for token in own[-last:]]):
            return True
    return False


# ------------------------------------------------------------------------------------- the card


def _card(units: list[Any], home: AdministrativeUnit | None, *, asks_fate: bool) -> Card:
    """Who asks what became of a unit means one that became something."""
    unit, *others = sorted(
        units, key=lambda one: (asks_fate and not one.became, *nearness(one, home))
    )
    portal = portal_of_unit(unit.pk)
    related = _related(unit)
    shown = unit
    if portal is None and len(related) == 1 and (portal := portal_of_unit(related[0].pk)):
        shown = related[0]
    links = [*(related if portal is None else []), *others][:NAMED]
    return Card(
        title=unit_name(shown),
        url=_root(portal),
        rows=_contact(portal) if portal else (),
        note=_history(unit) if asks_fate else _note(unit),
        others=tuple(Link(_full_name(other), _root(portal_of_unit(other.pk))) for other in links),
    )


def _related(unit: Any) -> list[AdministrativeUnit]:
    """What a unit became; what it came from when it is new itself. Not from the database."""
    return [_as_unit(row) for row in unit.became or _origins(unit)]


def _origins(unit: Any) -> list[dict[str, Any]]:
    """What a unit came from: units of its own level, where there are such. A commune of 2025 is
    made of communes; that it lies in what was a district is said by those."""
    own = [row for row in unit.came_from if row["tier"] == unit.tier]
    return own or list(unit.came_from)


def _as_unit(row: dict[str, Any]) -> AdministrativeUnit:
    names = {key: row[key] for key in ("pk", "name", "short_name", "kind", "tier")}
    above = row["parent"]
    parent = AdministrativeUnit(**above) if above["name"] else None
    return AdministrativeUnit(**names, parent=parent)


def _full_name(unit: AdministrativeUnit) -> str:
    """`Xã Hợp Tiến, huyện Nam Sách`"""
    return ", ".join([unit_name(unit), *_above(unit)[:1]])


def _names(rows: Sequence[dict[str, Any]]) -> str:
    """Units inside a sentence, those of one parent together: "xã Hợp Tiến, xã Hợp Đức (huyện
    Thanh Hà), xã An Lâm (huyện Nam Sách)"."""
    by_parent: dict[str, list[str]] = defaultdict(list)
    for unit in map(_as_unit, rows):
        by_parent["".join(_above(unit)[:1])].append(unit_in_sentence(unit))
    return ", ".join(
        ", ".join(names) + (f" ({parent})" if parent else "") for parent, names in by_parent.items()
    )


def _above(unit: AdministrativeUnit) -> list[str]:
    """The names of the units above one, the nearest first."""
    parent = unit.parent
    return [unit_in_sentence(parent), *_above(parent)] if parent else []


def _note(unit: Any) -> str:
    """What became of a unit, or of what it was made when it has no site of its own yet."""
    if unit.became:
        return _became(unit)
    return _came_from(unit) if portal_of_unit(unit.pk) is None else ""


def _history(unit: Any) -> str:
    """To what a unit belongs or belonged, what became of it, and of what it was made."""
    sentences = (_belonging(unit), _became(unit), _came_from(unit))
    return " ".join(sentence for sentence in sentences if sentence)


def _belonging(unit: AdministrativeUnit) -> str:
    above = ", ".join(_above(unit))
    values = {"unit": unit_name(unit), "parent": above}
    if unit.is_active():
        if not above:
            return _("%(unit)s exists.") % values
        return _("%(unit)s belongs to %(parent)s.") % values
    if unit.valid_to is None:
        return ""
    values["date"] = _day(unit.valid_to - datetime.timedelta(days=1))
    if not above:
        return _("%(unit)s existed until %(date)s.") % values
    return _("%(unit)s belonged to %(parent)s until %(date)s.") % values


def _became(unit: Any) -> str:
    if not unit.became:
        return ""
    whole = any(row["extent"] == Succession.Extent.WHOLE for row in unit.became)
    text = (
        _("%(old)s has been part of %(new)s since %(date)s.")
        if whole
        else _("%(old)s was divided among %(new)s on %(date)s.")
    )
    since = unit.valid_to or parse_date(unit.became[0]["since"] or "")
    if since is None:
        return ""
    return text % {"old": unit_name(unit), "new": _names(unit.became), "date": _day(since)}


def _came_from(unit: Any) -> str:
    if not unit.came_from:
        return ""
    values = {"new": unit_name(unit), "old": _names(_origins(unit))}
    return _("%(new)s was formed from %(old)s.") % values


def _day(day: datetime.date) -> str:
    return formats.date_format(day, "d/m/Y")


def _root(portal: Portal | None) -> str:
    return f"{portal.root_url}/" if portal else ""


def _contact(portal: Portal) -> tuple[tuple[str, str], ...]:
    """Address, telephone and hours as the unit's pages have them. Two queries."""
    home = apps.get_model("home", "SiteHomePage").objects.get(pk=portal.root_page_id)
    public = SearchDocument.objects.filter(unit_id=portal.unit_id, type="office")
    offices = apps.get_model("organisation", "OfficePage").objects.filter(
        pk__in=public.values("page_id"), parent_office=None
    )
    office = offices.exclude(hours_vi="").order_by("order", "pk").first()
    rows = [
        (_("Address"), home.address),
        (_("Telephone"), home.phone),
        (_("E-mail"), home.email),
        (_("Opening hours"), office.hours if office else ""),
    ]
    return tuple((label, value) for label, value in rows if value)
