"""Answers above the results: a unit, or a page that says by itself what was asked.

Every value is a field of a page, shown with the link to that page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cms.basepage.models import BasePage
from cms.sections.kinds import page_types
from search.index.models import SearchDocument
from search.index.requests import Result, SearchRequest, SearchResponse, Sort
from search.office.vocabulary import fits, office
from search.suggest.models import Suggestion
from search.text import Query, document_numbers, tokens
from search.text.highlight import STOP_FOLDS
from search.text.query import TokenRun
from sites.distribution import receiving
from sites.hosts.registry import Portal, portal_of_unit
from sites.units.models import AdministrativeUnit, Succession
from themes.names import unit_name

# So many units of one name are named; so many pages of a unit are looked at, and loaded.
NAMED, LOOKED_AT, MOST_LOADED = 5, 100, 3
MOST_NAME_WORDS = 12

# What people write around a unit's name when they want the unit itself.
AROUND = frozenset(
    [
        "ubnd", "uy", "ban", "nhan", "dan", "dia", "chi", "so", "dien", "thoai", "sdt", "lien",
        "he", "tru", "trang", "web", "website", "cong", "thong", "tin", "gio", "lam", "viec", "o",
        "dau", "tu", "portal", "address", "phone", "contact",
    ]
)  # fmt: skip
# Who writes one of these asks for a date; the title of the page need not have it.
SCHEDULE = frozenset(["lich", "ngay", "tuan", "thang"])
KINDS = {
    "x": ("xa",), "p": ("phuong",), "h": ("huyen",), "q": ("quan",), "t": ("tinh",),
    "tt": ("thi", "tran"), "tp": ("thanh", "pho"), "tx": ("thi", "xa"),
}  # fmt: skip
# Words of a question that an answer need not repeat.
ASKING = STOP_FOLDS | frozenset(
    [
        "gi", "nao", "dau", "bao", "nhieu", "lau", "can", "phai", "thu", "tuc", "le", "phi",
        "thoi", "han", "ho", "giay", "to", "lam", "huong", "dan", "xin", "hieu", "luc", "con",
        "ai", "may", "gio", "sdt", "dien", "thoai", "dia", "chi", "what", "how", "where", "when",
        "is", "do", "i", "my",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; "" when nowhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A short answer: what it is about, rows of label and value, and where it comes from.

    `note` tells what became of a unit; `others` are what else was perhaps meant.
    """

    title: str
    url: str
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    others: tuple[Link, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "title": self.title,
            "url": self.url or None,
            "rows": [{"label": label, "value": value} for label, value in self.rows],
            "note": self.note or None,
        }


def answer_for(request: SearchRequest, response: SearchResponse) -> Card | None:
    """The answer to a search, or None. Only on its first page, in the usual order. No query
    where nothing fits; else at most three, and what the page that answers needs itself."""
    if request.page > 1 or request.sort != Sort.RELEVANCE or request.filters.values():
        return None
    query = response.parsed
    if not query or query.excluded or query.phrases:
        return None
    units, rest = ([], query.tokens) if query.numbers else _units_at_end(query.tokens)
    if units and all(token.fold in AROUND for token in rest):
        return _unit_card(units, request.unit)
    card = _page_card(query, response)
    if card or query.numbers:
        return card
    own = request.unit if any(token.fold in SCHEDULE for token in rest) else None
    unit = min(units, key=lambda one: _nearness(one, request.unit), default=own)
    return _page_of_unit(unit, rest) if unit else None


# ------------------------------------------------------------------------------------------ units


def _unit_card(units: list[Any], home: AdministrativeUnit | None) -> Card:
    unit, *others = sorted(units, key=lambda one: _nearness(one, home))
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
        note=_note(unit),
        others=tuple(Link(_full_name(other), _root(portal_of_unit(other.pk))) for other in links),
    )


def _units_at_end(query: TokenRun) -> tuple[list[Any], TokenRun]:
    """The units whose name the query ends with, the longest name, and the words before it."""
    if not 0 < len(query) <= MOST_NAME_WORDS:
        return [], query
    ends = [query[at:] for at in range(len(query))]
    found = _units_named(ends)
    for end in ends:
        if units := [unit for unit in found if _carries(unit, end)]:
            return units, query[: len(query) - len(end)]
    return [], query


def _readings(name: TokenRun) -> list[tuple[str, ...]]:
    """A name folded: as typed, and with an abbreviated kind written out."""
    folds = tuple(token.fold for token in name)
    return [folds, (*KINDS.get(folds[0], folds[:1]), *folds[1:])]


def _units_named(names: Sequence[TokenRun]) -> list[Any]:
    """Units whose name is folded like one of these, with what they became and came from. No
    query where no name is one."""
    known = office().units
    found = {pk for name in names for folds in _readings(name) for pk in known.get(folds, ())}
    if not found:
        return []
    other = {"old": "new", "new": "old"}
    relations = {
        side: ArraySubquery(
            Succession.objects.filter(**{side: OuterRef("pk")}).values(
                data=JSONObject(
                    pk=f"{end}__pk",
                    name=f"{end}__name",
                    short_name=f"{end}__short_name",
                    kind=f"{end}__kind",
                    extent=F("extent"),
                    since="new__valid_from",
                    parent=f"{end}__parent__name",
                )  # fmt: skip
            )
        )
        for side, end in other.items()
    }
    units = AdministrativeUnit.objects.filter(pk__in=found).select_related("parent")
    units = units.annotate(became=relations["old"], came_from=relations["new"])
    return list(units)


def _carries(unit: AdministrativeUnit, typed: TokenRun) -> bool:
    """Whether a unit's whole name, with or without its kind, was typed, accents and all."""
    for text in (unit.name, unit.short_name):
        own = tokens(text)
        if tuple(token.fold for token in own) not in _readings(typed):
            continue
        last = min(len(own), len(typed))
        if fits(typed[-last:], [token.exact for token in own[-last:]]):
            return True
    return False


def _nearness(unit: AdministrativeUnit, home: AdministrativeUnit | None) -> tuple[Any, ...]:
    """Sorts units of one name: with a site, near the searcher, existing, larger."""
    own, theirs = (home.path if home else "").split("/"), unit.path.split("/")
    shared = sum(1 for a, b in zip(own, theirs, strict=False) if a and a == b)
    return portal_of_unit(unit.pk) is None, -shared, not unit.is_active(), len(theirs), unit.pk


def _related(unit: Any) -> list[AdministrativeUnit]:
    """What a unit became; what it came from when it is new itself. Not from the database."""
    rows = unit.became or unit.came_from
    return [_as_unit(row) for row in rows]


def _as_unit(row: dict[str, Any]) -> AdministrativeUnit:
    names = {key: row[key] for key in ("pk", "name", "short_name", "kind")}
    parent = AdministrativeUnit(name=row["parent"]) if row["parent"] else None
    return AdministrativeUnit(**names, parent=parent)


def _full_name(unit: AdministrativeUnit) -> str:
    """`Xã Hợp Tiến, huyện Nam Sách`"""
    parent = unit.parent.lower_name if unit.parent else ""
    return f"{unit_name(unit)}, {parent}" if parent else unit_name(unit)


def _note(unit: Any) -> str:
    """What became of a unit, or of what it was made when it has no site of its own yet."""
    if unit.became:
        news = ", ".join(_full_name(_as_unit(row)) for row in unit.became)
        whole = any(row["extent"] == Succession.Extent.WHOLE for row in unit.became)
        text = (
            _("%(old)s has been part of %(new)s since %(date)s.")
            if whole
            else _("%(old)s was divided among %(new)s on %(date)s.")
        )
        since = unit.valid_to or parse_date(unit.became[0]["since"] or "")
        if since is None:
            return ""
        date = formats.date_format(since, "d/m/Y")
        return text % {"old": unit_name(unit), "new": news, "date": date}
    if unit.came_from and portal_of_unit(unit.pk) is None:
        olds = ", ".join(unit_name(_as_unit(row)) for row in unit.came_from)
        return _("%(new)s was formed from %(old)s.") % {"new": unit_name(unit), "old": olds}
    return ""


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


# ------------------------------------------------------------------------------------------ pages


def _page_card(query: Query, response: SearchResponse) -> Card | None:
    """The first result that says by itself what was asked, of the searcher's unit, one above it,
    or one that was named."""
    for result in response.results:
        model = page_types().get(result.type)
        if model is None or model.answer is BasePage.answer:
            continue
        if not (query.numbers or _is_meant(query, result, response.near)):
            continue
        page = model.objects.get(pk=result.id)
        if query.numbers and not _has_number(page, query):
            continue
        answer = page.answer()
        return Card(title=result.title, url=result.url, rows=answer.rows) if answer else None
    return None


def _page_of_unit(unit: AdministrativeUnit, asked: TokenRun) -> Card | None:
    """The newest page of a unit whose title has all words that were asked and that answers now:
    "lịch tiếp dân xã …" finds what no page says in these words. Two queries."""
    words = [token.fold for token in asked if token.fold not in ASKING | SCHEDULE]
    if not words or len(asked) > MOST_NAME_WORDS:
        return None
    begun = Suggestion.objects.filter(unit_id=unit.pk, key__startswith=f"{words[0]} ")
    types = {name for name, model in page_types().items() if model.answer is not BasePage.answer}
    documents = SearchDocument.objects.filter(pk__in=begun.values("page_id")[:LOOKED_AT])
    found = documents.filter(type__in=types).order_by("-public_at")
    titles = found.values_list("pk", "type", "texts__vi__title")
    meant = [(pk, name) for pk, name, title in titles if set(words) <= _folds(title)]
    for pk, name in meant[:MOST_LOADED]:
        page = page_types()[name].objects.filter(pk=pk, live=True).first()
        answer = page.answer() if page and not receiving.is_over(page) else None
        if page and answer:
            return Card(title=page.display_title, url=page.full_url or "", rows=answer.rows)
    return None


def _has_number(page: BasePage, query: Query) -> bool:
    """Whether a number that was typed is the page's own, not only named in it."""
    own = {
        key
        for text in page.search_facts().numbers
        for number in document_numbers(text)
        for key in number.keys
    }
    return any(number.key in own for number in query.numbers)


def _is_meant(query: Query, result: Result, near: Sequence[int]) -> bool:
    """Whether title, section and unit say all that was asked but the question itself."""
    title = _folds(result.title)
    said = title | _folds(result.unit.name)
    said |= _folds(result.section.name) if result.section else set()
    for expansion in query.expansions:
        if set(expansion.folded) <= said:
            said |= {token.fold for token in query.tokens[expansion.start : expansion.end]}
    asked = {token.fold for token in query.tokens} - ASKING
    is_named = _folds(result.unit.short_name) <= asked
    is_near = is_named or result.unit.pk in near or not near
    return is_near and bool(asked & title) and asked <= said


def _folds(text: str) -> set[str]:
    return {token.fold for token in tokens(text)}
