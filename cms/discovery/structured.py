"""schema.org objects of a page: what its type says, and what follows from where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template import Context
from django.utils.translation import get_language, gettext

from themes.names import unit_name

if TYPE_CHECKING:
    from cms.basepage.models import BasePage
    from sites.hosts.registry import Portal

    from .head import Head

WITH_PUBLISHER = {"NewsArticle", "Article", "Report", "WebPage", "Legislation", "Dataset"}
WITH_PICTURE = {"NewsArticle", "Article", "Event", "Place", "TouristAttraction", "WebPage"}
Thing = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is shown: the site, its home page, the section, and the template's context."""

    portal: Portal
    home: Any
    section: Any
    context: Context


def graph(page: BasePage, head: Head, place: Place) -> list[Thing]:
    """Every object of a page; the trail always, the unit on its home page."""
    if page.depth == 2:
        return [organisation(page, head, place), website(page, place)]
    said = page.structured_data(head.canonical) + _of_listing(place, head)
    return [*(completed(thing, page, head) for thing in said), trail(page, head, place)]


def _of_listing(place: Place, head: Head) -> list[Thing]:
    """What the list of a section says of itself, if it says anything."""
    say = getattr(place.context.get("listing"), "structured_data", None)
    found: list[Thing] = say(head.canonical) if say else []
    return found


def completed(thing: Thing, page: BasePage, head: Head) -> Thing:
    """Add what every object of its kind has, where the page type did not say it."""
    kind = thing.get("@type", "")
    more: Thing = {}
    if kind in WITH_PUBLISHER and page.unit:
        more["publisher"] = {"@type": "GovernmentOrganization", "name": unit_name(page.unit)}
        more["inLanguage"] = get_language() or "vi"
    if kind in WITH_PICTURE and head.picture_url:
        more["image"] = [head.picture_url]
    return more | thing


def organisation(page: Any, head: Head, place: Place) -> Thing:
    """The unit whose site this is, with its contact and the unit above it."""
    url = head.canonical
    thing: Thing = {
        "@type": "GovernmentOrganization",
        "@id": f"{place.portal.root_url}/#don-vi",
        "name": page.authority or unit_name(page.unit),
        "alternateName": unit_name(page.unit),
        "url": url,
        "image": head.picture_url,
        "areaServed": {"@type": "AdministrativeArea", "name": unit_name(page.unit)},
    }
    if page.address:
        thing["address"] = {
            "@type": "PostalAddress", "streetAddress": page.address, "addressCountry": "VN",
        }  # fmt: skip
    if page.phone:
        thing["telephone"] = page.phone
    if page.email:
        thing["email"] = page.email
    above = [tier for tier in place.context.get("tiers") or [] if not tier.is_here]
    if above:
        thing["parentOrganization"] = {
            "@type": "GovernmentOrganization", "name": above[-1].name,
        } | ({"url": above[-1].url} if above[-1].url else {})  # fmt: skip
    return thing


def website(page: BasePage, place: Place) -> Thing:
    """The site itself."""
    from cms.basepage.models import language_prefix

    root = place.portal.root_url
    return {
        "@type": "WebSite",
        "name": f"{gettext('Web portal')} – {unit_name(page.unit)}",  # type: ignore[arg-type]
        "url": f"{root}{language_prefix()}",
        "inLanguage": get_language() or "vi",
        "publisher": {"@id": f"{root}/#don-vi"},
    }


def trail(page: BasePage, head: Head, place: Place) -> Thing:
    """The way from the site's home page; the last step is the page itself."""
    from cms.basepage.models import language_prefix

    home = f"{place.portal.root_url}{language_prefix()}"
    steps = [(gettext("Home"), home)]
    if place.section is not None and page.listed:
        steps.append((place.section.title, f"{home}{place.section.slug}/"))
    return breadcrumbs([*steps, (page.display_title, "")])


def breadcrumbs(steps: list[tuple[str, str]]) -> Thing:
    """Steps of `(name, address)`; the last one is where the reader is and has no address."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name}
            | ({"item": address} if address else {})
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }
