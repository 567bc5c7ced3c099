"""Which entries of the office are refused, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.text import AbbreviationError, forms, shipped_table
from search.text.syllables import is_syllable
from search.text.tokens import words

from .models import Promotion, Synonym
from .vocabulary import as_row, read_line

MOST_WORDS = 10
MOST_LINES = 50

Folds = tuple[str, ...]


def check_synonym(entry: Synonym) -> None:
    """Raises ValidationError, by field, for an entry that would do nothing or do harm."""
    short, long = fold_all(entry.short), fold_all(entry.long)
    for name, value in (("short", short), ("long", long)):
        if not value:
            raise _error(name, _("Write at least one word: letters or digits."))
        if len(value) > MOST_WORDS:
            raise _error(name, _("At most %(most)s words; search matches phrases, not sentences.")
                         % {"most": MOST_WORDS})  # fmt: skip
    if short == long:
        raise _error("long", _("Both sides are the same; search ignores accents and capitals."))
    _check_ambiguity("short", entry.short, short)
    if entry.way == Synonym.Way.BOTH:
        _check_ambiguity("long", entry.long, long)
    try:
        as_row(entry)
    except AbbreviationError as error:
        raise _error("short", _("Search cannot use this entry.")) from error
    others = _others(entry)
    if all(fold_all(other.short) != short for other in others):
        _check_shipped(entry, short, long)
    _check_twice(entry, short, others)
    _check_loop(entry, short, long, others)


def fold_all(text: str) -> Folds:
    """The words of a text as they are compared."""
    return tuple(forms(word)[1] for word in words(text))


def _error(name: str, message: str) -> ValidationError:
    return ValidationError({name: message})


def _check_ambiguity(name: str, typed: str, folds: Folds) -> None:
    if len(folds) > 1:
        return
    word = folds[0]
    if word.isdigit():
        raise _error(name, _("A number alone stands in too many queries."))
    if len(word) == 1:
        raise _error(name, _("A single letter stands for too much; write at least two."))
    if is_syllable(words(typed)[0].lower()) and not typed.strip().isupper():
        raise _error(
            name,
            _(
                "“%(word)s” is an everyday syllable and would change nearly every search. "
                "Write two words or more, or an abbreviation in capitals."
            )
            % {"word": typed.strip()},
        )


def _others(entry: Synonym) -> list[Synonym]:
    """The other entries that can meet this one in a search: of its unit, those above and below."""
    others = Synonym.objects.exclude(pk=entry.pk).select_related("unit")
    if entry.unit is None:
        return list(others)
    own = entry.unit.path
    return [
        other
        for other in others
        if other.unit is None or own.startswith(other.unit.path) or other.unit.path.startswith(own)
    ]


def _check_shipped(entry: Synonym, short: Folds, long: Folds) -> None:
    """Refuse what search knows by itself."""
    for row in shipped_table().rows:
        pair = fold_all(row.short), fold_all(row.long)
        known = pair == (short, long) and row.way in (entry.way, Synonym.Way.BOTH)
        if known or (pair == (long, short) and row.way == entry.way == Synonym.Way.BOTH):
            message = _("Search already knows that “%(short)s” stands for “%(long)s”.")
            raise _error("short", message % {"short": row.short, "long": row.long})


def _check_twice(entry: Synonym, short: Folds, others: Iterable[Synonym]) -> None:
    for other in others:
        if other.unit_id == entry.unit_id and fold_all(other.short) == short:
            message = _("“%(short)s” already stands for “%(long)s”; change that entry instead.")
            raise _error("short", message % {"short": other.short, "long": other.long})


def _check_loop(entry: Synonym, short: Folds, long: Folds, others: Iterable[Synonym]) -> None:
    """Refuse a pair whose second side already leads back to the first."""
    ways: dict[Folds, dict[Folds, str]] = defaultdict(dict)
    replaced = {short, *(fold_all(other.short) for other in others)}
    rows = [(row.short, row.long, row.way) for row in shipped_table().rows]
    rows = [row for row in rows if fold_all(row[0]) not in replaced]
    for a, b, way in [*rows, *((other.short, other.long, other.way) for other in others)]:
        ways[fold_all(a)][fold_all(b)] = b
        if way == Synonym.Way.BOTH:
            ways[fold_all(b)][fold_all(a)] = a
    trail = _trail(ways, long, short, entry.long)
    if trail:
        raise _error(
            "long",
            _("This closes a circle: %(trail)s. One of these entries is enough.")
            % {"trail": " → ".join([entry.short, *trail])},
        )


def _trail(ways: dict[Folds, dict[Folds, str]], start: Folds, goal: Folds, text: str) -> list[str]:
    """The texts on the way from one side to the other; empty when there is none."""
    reached: dict[Folds, list[str]] = {start: [text]}
    waiting = [start]
    while waiting:
        at = waiting.pop(0)
        for to, name in ways.get(at, {}).items():
            if to in reached:
                continue
            reached[to] = [*reached[at], name]
            waiting.append(to)
    return reached.get(goal, [])


def check_promotion(entry: Promotion) -> None:
    """Raises ValidationError, by field, for a promotion that could never be shown."""
    lines = [line for line in entry.queries.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        raise _error("queries", _("Write 1 to %(most)s queries.") % {"most": MOST_LINES})
    for line in lines:
        folds, is_beginning = read_line(line)
        if not folds or "*" in line.rstrip()[:-1]:
            message = _("“%(line)s” is no query: write words, and * only at the end.")
            raise _error("queries", message % {"line": line.strip()[:60]})
        if is_beginning and sum(map(len, folds)) < 3:
            message = _("“%(line)s” would stand above nearly every search; write more letters.")
            raise _error("queries", message % {"line": line.strip()[:60]})
    if entry.starts_at and entry.ends_at and entry.starts_at >= entry.ends_at:
        raise _error("ends_at", _("The end must be after the beginning."))
