"""The form of a home page: who may change the look, and which colours can be read."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from cms.basepage.forms import PageForm
from sites.people.models import Role
from sites.people.roles import has_role
from sites.units.models import Tier
from themes.styles.colours import Colour
from themes.styles.locks import LOCKED_BY, locks_above
from themes.styles.own import problems_of
from themes.styles.palettes import Palette

LOOK = ["theme", "own_primary", "own_accent", "logo", "banner", "layout"]
LOCKS = list(LOCKED_BY)


class HomeForm(PageForm):
    """Leaves out what a person may not change: the look is for administrators, and what a level
    above has locked is for nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._closed():
            self.fields.pop(name, None)

    def _closed(self) -> set[str]:
        home, person = self.instance, self.for_user
        if person is not None and not has_role(person, home.unit_id, Role.ADMINISTRATOR):
            return {*LOOK, *LOCKS}
        closed = {name for lock in locks_above(home) for name in LOCKED_BY[lock]}
        if home.unit and home.unit.tier == Tier.COMMUNE:
            closed.update(LOCKS)
        return closed

    def clean(self) -> dict[str, Any]:
        """Refuse own colours that cannot be read, with the nearest that can."""
        cleaned = super().clean()
        if cleaned.get("theme") == Palette.OWN:
            self._check_colours(cleaned)
        return cleaned

    def _check_colours(self, cleaned: dict[str, Any]) -> None:
        colours = {}
        for name in ("own_primary", "own_accent"):
            try:
                colours[name] = Colour.parse(cleaned.get(name) or "")
            except ValueError:
                self.add_error(name, _("Give a colour like #7d1a1f."))
        if len(colours) < 2:
            return
        for problem in problems_of(colours["own_primary"], colours["own_accent"]):
            offer = format_html(
                '{} <button type="button" class="button button-small" data-offer="{}">{}</button>',
                problem.message,
                problem.offer,
                _("Use %(colour)s instead") % {"colour": problem.offer},
            )
            self.add_error(problem.field, offer)
