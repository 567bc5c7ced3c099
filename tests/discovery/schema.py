"""What schema.org and the networks that read it ask of the objects that our pages carry."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any
from urllib.parse import urlsplit

Thing = dict[str, Any]
# Required, and at least recommended, properties by type: schema.org for what exists; Google's
# documentation of structured data for what is required.
REQUIRED: dict[str, set[str]] = {
    "NewsArticle": {"headline", "datePublished", "author", "publisher", "image"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "GovernmentOrganization": {"name"},
    "WebSite": {"name", "url"},
    "Event": {"name", "startDate", "location"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Legislation": {"name"},
    "Person": {"name"},
    "Place": {"name"},
    "GovernmentService": {"name", "provider"},
    "PostalAddress": {"streetAddress"},
}
# What our pages may say of a type; a misspelt property fails.
THING = {"@type", "@id", "name", "alternateName", "description", "url", "image", "sameAs",
         "identifier", "mainEntityOfPage", "additionalType"}  # fmt: skip
CREATIVE = {"headline", "author", "publisher", "datePublished", "dateModified", "inLanguage",
            "about", "keywords", "isPartOf", "license", "text", "expires", "dateCreated",
            "encoding", "hasPart", "spatialCoverage", "temporalCoverage", "creator", "provider",
            "isBasedOn", "mainEntity", "associatedMedia", "thumbnailUrl", "contentLocation",
            "workTranslation", "version", "citation", "position", "abstract", "audio",
            "video"}  # fmt: skip
ORGANISATION = {"address", "telephone", "email", "areaServed", "parentOrganization", "logo",
                "subOrganization", "department", "employee", "member", "contactPoint",
                "faxNumber", "founder", "openingHours", "openingHoursSpecification", "location",
                "hasMap", "geo"}  # fmt: skip
PROPERTIES: dict[str, set[str]] = {
    "NewsArticle": CREATIVE | {"articleBody", "articleSection", "wordCount"},
    "Article": CREATIVE | {"articleBody", "articleSection"},
    "WebSite": CREATIVE | {"potentialAction"},
    "WebPage": CREATIVE | {"breadcrumb", "lastReviewed"},


    "BreadcrumbList": {"itemListElement", "numberOfItems", "itemListOrder"},
    "ListItem": {"position", "item", "nextItem", "previousItem"},
    "GovernmentOrganization": ORGANISATION,
    "GovernmentOffice": ORGANISATION,
    "Organization": ORGANISATION,
    "AdministrativeArea": {"address", "containedInPlace"},
    "PostalAddress": {"streetAddress", "addressCountry", "addressLocality", "addressRegion",
                      "postalCode"},
}  # fmt: skip
MOMENTS = {"datePublished", "dateModified", "startDate", "endDate", "dateCreated",
           "legislationDate"}  # fmt: skip


def objects_in(html: str) -> list[Thing]:
    """The objects of a page's JSON-LD; fails when the page has none or several scripts."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1, f"{len(found)} scripts of JSON-LD"
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    graph: list[Thing] = data["@graph"]
    return graph


def problems(thing: Any, path: str = "") -> list[str]:
    """What is wrong with an object and everything in it, a sentence each."""
    if isinstance(thing, list):
        return [
            text
            for number, item in enumerate(thing)
            for text in problems(item, f"{path}[{number}]")
        ]
    if not isinstance(thing, dict):
        return []
    if set(thing) == {"@id"}:
        return []
    kind = thing.get("@type", "")
    place = f"{path}{kind}"
    if not kind:
        return [f"{place}: an object without a type"]
    found = [
        f"{place}: {name} is missing" for name in sorted(REQUIRED.get(kind, set()) - set(thing))
    ]
    if kind in PROPERTIES:
        unknown = set(thing) - THING - PROPERTIES[kind]
        found += [f"{place}: {kind} has no property {name}" for name in sorted(unknown)]
    for name, value in thing.items():
        found += _wrong_value(f"{place}.{name}", name, value)
        found += problems(value, f"{place}.{name}.")
    return found


def _wrong_value(place: str, name: str, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return [f"{place} is empty"]
    if name in MOMENTS:
        try:
            datetime.datetime.fromisoformat(value)
        except ValueError:
            return [f"{place}: {value!r} is no date of ISO 8601"]
    if name in ("url", "item", "mainEntityOfPage", "image") and isinstance(value, str):
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return [f"{place}: {value!r} is no whole address"]
    return []
