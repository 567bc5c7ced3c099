"""The directory as a page that filters without script, and as cards for address books."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse

from cms.sections.shown import Entry, SectionPages
from search.text import fold

from .vcard import as_vcard

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

    from .models import ContactPage

KINDS = {
    "duong-day-nong": "hotline",
    "nguoi-phat-ngon": "spokesperson",
    "van-phong": "office",
    "thon-khu-dan-cu": "village",
    "cong-an": "police",
    "y-te": "health",
    "truong-hoc": "school",
    "dien-nuoc-giao-thong": "utility",
}
VCARD = "text/vcard; charset=utf-8"
MAX_QUERY = 100
FURTHER = 10


def directory_context(request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
    """`groups` (kind, label, entries), `hotlines`, what was asked, and further articles.

    Raises Http404 for a kind that the directory does not have.
    """
    from .models import ContactKind

    query = request.GET.get("tim", "")[:MAX_QUERY].strip()
    kind = request.GET.get("loai", "")
    if kind and kind not in KINDS:
        raise Http404("There is no such group of the directory.")
    shown = SectionPages.load(request, section_page)
    everything = shown.of(contacts())
    present = {entry.page.kind for entry in everything}
    found = [entry for entry in everything if _suits(entry.page, KINDS.get(kind, ""), query)]
    hotlines = [entry for entry in found if entry.page.is_hotline and entry.page.phone]
    listed = [entry for entry in found if entry not in hotlines]
    groups = [
        (name, ContactKind(value).label, [e for e in listed if e.page.kind == value])
        for name, value in KINDS.items()
    ]
    return {
        "groups": [group for group in groups if group[2]],
        "hotlines": hotlines,
        "kinds": [(n, ContactKind(v).label) for n, v in KINDS.items() if v in present],
        "asked_kind": kind,
        "asked_text": query,
        "total": len(everything),
        "found": len(found),
        "further": shown.others(FURTHER),
    }


def contacts() -> Any:
    """Contacts in the order of the directory, with their offices."""
    from .models import ContactPage

    return ContactPage.objects.select_related("office", "unit").order_by("order", "title")


def _suits(contact: ContactPage, kind: str, query: str) -> bool:
    """Whether a contact is of a kind and has all words of a query, with or without accents."""
    if kind and contact.kind != kind:
        return False
    words = fold(query).lower().split()
    text = searchable(contact)
    return all(word in text for word in words)


def searchable(contact: ContactPage) -> str:
    """All that a reader may know of a contact, folded; numbers also without blanks."""
    parts = [contact.display_title, contact.person, contact.position, contact.address]
    parts += [contact.email, contact.office.display_title if contact.office else ""]
    for number in contact.phones:
        parts += [number, "".join(char for char in number if char.isdigit())]
    return fold(" ".join(part for part in parts if part)).lower()


def cards_file(request: HttpRequest, section_page: SectionPage) -> HttpResponse:
    """`danh-ba.vcf`: the whole directory."""
    entries: Iterable[Entry[ContactPage]] = SectionPages.load(request, section_page).of(contacts())
    return HttpResponse("".join(as_vcard(entry.page) for entry in entries), content_type=VCARD)


def one_card(contact: ContactPage) -> HttpResponse:
    """One contact as a card."""
    answer = HttpResponse(as_vcard(contact), content_type=VCARD)
    answer["Content-Disposition"] = f'attachment; filename="{contact.slug}.vcf"'
    return answer
