"""Links that keep a search and change one thing about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search.index.requests import FacetValue

# How many characters of what was typed are put into links and the search field again.
SHOWN_QUERY = 200
# In the order of the page. The facet `unit` is part of the tree of areas.
FACETS = (
    ("type", _("Type")),
    ("area", _("Locality")),
    ("section", _("Section")),
    ("tier", _("Level")),
    ("year", _("Year")),
    ("kind", _("Kind")),
    ("field", _("Field")),
    ("issuer", _("Issuing agency")),
    ("validity", _("Validity")),
    ("file_type", _("Attached file")),
)
# The parameters of the address that a facet sets; those of others are its own name.
YEAR = ("from", "to")
NARROWING = ("type", "area", "publisher", "section", "tier", "kind", "field", "issuer", "validity",
             "file_type", "lang", *YEAR)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing about the search; `below` are choices inside it."""

    label: str
    url: str
    is_current: bool
    count: int | None = None
    below: list[Choice] = field(default_factory=list)

    @property
    def holds_current(self) -> bool:
        """Whether it, or one inside it, is in use."""
        return self.is_current or any(choice.holds_current for choice in self.below)


class Address:
    """Links that keep the search and change one thing, back at the first page of results."""

    def __init__(self, values: QueryDict) -> None:
        self._values = values

    def get(self, name: str) -> str:
        """The value of a parameter; "" when it is not used."""
        return str(self._values.get(name, "")).strip()

    def with_(self, **changes: str | None) -> str:
        """The query string with parameters set, or removed (None, empty)."""
        values = self._values.copy()
        values["q"] = values.get("q", "")[:SHOWN_QUERY]
        for name, value in {"page": None, **changes}.items():
            if value:
                values[name] = value
            else:
                values.pop(name, None)
        return "?" + values.urlencode()

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """The parameters that a form has to keep, but those that it sets itself."""
        return [
            (name, str(value)[:SHOWN_QUERY])
            for name, value in self._values.items()
            if value and name not in (*without, "page")
        ]

    def choices(
        self, name: str, options: tuple[tuple[str, object], ...], default: str
    ) -> list[Choice]:
        """Links for the values of a parameter that always has one."""
        current = self._values.get(name) or default
        return [
            Choice(str(label), self.with_(**{name: value}), value == current)
            for value, label in options
        ]

    def facet(self, name: str, values: list[FacetValue]) -> list[Choice]:
        """Links that narrow by a facet; the one in use takes the restriction away again."""
        if name == "area":
            return self._tree(values)
        return [self._choice(name, value) for value in values]

    def _choice(self, name: str, value: FacetValue, below: list[Choice] | None = None) -> Choice:
        wanted = parameters_of(name, value.value)
        is_current = all(self.get(key) == text for key, text in wanted.items())
        url = self.with_(**(dict.fromkeys(wanted) if is_current else wanted))
        return Choice(value.label, url, is_current, value.count, below or [])

    def _tree(self, values: list[FacetValue]) -> list[Choice]:
        """Areas inside one another, in the order in which they come. One whose area above is not
        among the most frequent ones has no place, unless it is in use."""
        known = {value.value for value in values}
        below: dict[str, list[FacetValue]] = {}
        for value in values:
            parent = value.parent if value.parent in known else ""
            if parent == value.parent or value.value == self.get("area"):
                below.setdefault(parent, []).append(value)
        return self._branch(below, "")

    def _branch(self, below: dict[str, list[FacetValue]], parent: str) -> list[Choice]:
        return [
            self._choice("area", value, self._branch(below, value.value))
            for value in below.get(parent, [])
        ]

    def uses(self, *names: str) -> bool:
        """Whether any of some parameters is in use."""
        return any(self.get(name) for name in names)

    def without_facets(self) -> str:
        """The same search, not narrowed."""
        return self.with_(**dict.fromkeys(NARROWING))


def parameters_of(facet: str, value: str) -> dict[str, str]:
    """The parameters that a value of a facet sets."""
    if facet == "year":
        return dict(zip(YEAR, (f"{value}-01-01", f"{value}-12-31"), strict=True))
    return {facet: value}
