"""Write local life in two batches: what others point to, then the rest."""

from __future__ import annotations

from cms.basepage.bulk import insert_pages
from cms.basepage.models import BasePage
from cms.sections.models import SectionPage
from sites.distribution.actions import PushAction
from sites.units.models import AdministrativeUnit

from ..contacts import words_of
from .contacts import write_contacts
from .events import write_events, write_receptions
from .figures import write_fields, write_forms, write_map, write_statistics
from .offices import OfficeFiller
from .sights import write_galleries, write_places
from .writing import Pictures, Writing

BATCH = 400
# What the province pushes to everybody below: source ids and the policy.
PUSHED = {
    "demo:contact:30-113": "mandatory",
    "demo:contact:30-114": "mandatory",
    "demo:contact:30-115": "mandatory",
    "demo:contact:30-111": "mandatory",
    "demo:event:30-3": "recommended",
    "demo:gallery:le-hoi": "recommended",
    "demo:map:hai-duong": "recommended",
}


def fill_local_life(
    sections: dict[str, dict[str, SectionPage]],
    pictures: Pictures,
    units: list[AdministrativeUnit],
) -> None:
    """Offices, officials, calendars, contacts, places, galleries, statistics, the map, forms."""
    names = {unit.code: words_of(unit) | {"english": unit.english_name} for unit in units}
    filler = OfficeFiller(units, names)
    first = Writing(sections, pictures)
    filler.write_offices(first)
    _insert(first)
    filler.connect()
    rest = Writing(sections, pictures)
    filler.write_officials(rest)
    write_events(rest)
    write_receptions(rest, units)
    write_contacts(rest, units, names, filler.offices)
    write_places(rest)
    write_galleries(rest)
    write_statistics(rest, units)
    write_map(rest, units)
    forms = write_forms(rest)
    _insert(rest)
    write_fields(forms)
    _push()


def _insert(writing: Writing) -> None:
    for start in range(0, len(writing.pairs), BATCH):
        insert_pages(writing.pairs[start : start + BATCH])


def _push() -> None:
    pages = BasePage.objects.filter(source_id__in=PUSHED).select_related("unit")
    for page in pages:
        policy = PUSHED[page.source_id]
        reason = "Dùng chung cho mọi trang của tỉnh." if policy == "mandatory" else ""
        PushAction(page, ["under:30"], policy, reason=reason).execute()
