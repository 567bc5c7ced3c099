"""`/chon-don-vi/`: find one's commune or ward by name, by old name, or in the list of districts.

The data of the State hold no geometry, so there is no map to point at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.text import fold
from sites.hosts.versions import VersionedCache
from sites.units.models import Succession

from .surroundings import Surroundings, UnitLink, surroundings_of

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit with a site, the names that it or its parts had, and what is below it."""

    link: UnitLink
    old_names: tuple[str, ...]
    below: tuple[Choice, ...] = ()

    @property
    def search_text(self) -> str:
        """Everything by which the unit is found."""
        return " · ".join([self.link.name, self.link.unit.name, *self.old_names])

    def answers(self, words: list[str]) -> bool:
        """Whether the unit's names hold all words, which are folded."""
        text = fold(self.search_text)
        return all(word in text for word in words)


@require_safe
def choose_unit(request: HttpRequest) -> HttpResponse:
    """The page; `?ten=` narrows the list. One query, or none when this process knows the units."""
    around = surroundings_of(request)
    if around is None:
        return HttpResponse(status=404)
    choices = _kept.get(request, around.tiers[0].unit.pk, lambda: _read(around))
    name = request.GET.get("ten", "").replace("\0", "")[:LONGEST].strip()
    words = fold(name).split()
    shown = list(_narrowed(choices, words)) if words else choices
    context = {
        "choices": shown, "name": name, "found": _count(shown, words), "top": around.tiers[0]
    }  # fmt: skip
    return render(request, "themes/chooser.html", context)


def _narrowed(choices: Iterable[Choice], words: list[str]) -> Iterable[Choice]:
    for choice in choices:
        below = tuple(_narrowed(choice.below, words))
        if below or choice.answers(words):
            yield replace(choice, below=below)


def _count(choices: Iterable[Choice], words: list[str]) -> int:
    return sum(
        _count(choice.below, words) + bool(choice.link.url and choice.answers(words))
        for choice in choices
    )


def _read(around: Surroundings) -> list[Choice]:
    old_names = defaultdict(list)
    top = around.tiers[0].unit
    rows = Succession.objects.filter(new__path__startswith=top.path).order_by("old__code")
    for new_id, old, new in rows.values_list("new_id", "old__name", "new__name"):
        if old != new:
            old_names[new_id].append(old)

    def choice(link: UnitLink) -> Choice:
        return Choice(link, tuple(old_names[link.unit.pk]), tuple(map(choice, link.below)))

    return [choice(link) for link in around.whole_province]


_kept: VersionedCache[list[Choice]] = VersionedCache(size=64)
