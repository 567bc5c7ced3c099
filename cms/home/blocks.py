"""The blocks out of which a unit composes its home page, in any order."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from sites.blueprints.models import Section

ADDRESS = re.compile(r"https?://\S|/(?!/)")


def section_choices() -> list[tuple[str, str]]:
    """All sections of the installation by code."""
    return [(section.code, section.name) for section in Section.objects.order_by("code")]


def numbered(default: int, most: int) -> blocks.IntegerBlock:
    """How many entries a block shows."""
    return blocks.IntegerBlock(
        default=default, min_value=1, max_value=most, label=_("Number of entries")
    )


def block_name(language: str) -> str:
    """The name of a language as part of a block: `zh_hans`."""
    return language.replace("-", "_")


class TranslatedText(blocks.StructBlock):
    """A short text in every language of the installation; Vietnamese stands in for others."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        texts = [
            (block_name(code), blocks.CharBlock(max_length=120, label=name, required=code == "vi"))
            for code, name in settings.LANGUAGES
        ]
        super().__init__(local_blocks or texts, **kwargs)

    class Meta:
        form_layout = None


def text_in_language(texts: Any) -> str:
    """The text of a `TranslatedText` in the active language, or in Vietnamese."""
    language = get_language() or settings.LANGUAGE_CODE
    return texts.get(block_name(language)) or texts.get(settings.LANGUAGE_CODE) or ""


class Entries(blocks.StructBlock):
    """A block of which only the number of entries can be chosen."""

    def __init__(self, default: int = 5, most: int = 12, **kwargs: Any) -> None:
        super().__init__([("number", numbered(default, most))], **kwargs)


class Sections(blocks.StructBlock):
    """The newest of some sections; of those marked “on the home page” where none is chosen."""

    sections = blocks.ListBlock(
        blocks.ChoiceBlock(choices=section_choices, label=_("Section")),
        label=_("Sections"),
        default=[],
        help_text=_("None: the sections that are marked “on the home page”."),
    )
    number = numbered(4, 8)


class Link(blocks.StructBlock):
    """One link to another place."""

    text = TranslatedText(label=_("Text"))
    address = blocks.CharBlock(max_length=500, label=_("Address"), help_text="https://…")

    def clean(self, value: Any) -> Any:
        """Only addresses of the web and of this site: nothing that runs when it is clicked."""
        cleaned = super().clean(value)
        if not ADDRESS.match(cleaned["address"]):
            message = ValidationError(
                _("An address begins with https:// or, on this site, with /.")
            )
            raise blocks.StructBlockValidationError(block_errors={"address": message})
        return cleaned


class Links(blocks.StructBlock):
    """A titled group of links."""

    title = TranslatedText(label=_("Title"))
    links = blocks.ListBlock(Link(), min_num=1, max_num=24, label=_("Links"))


class HomeBlocks(blocks.StreamBlock):
    """Everything that can stand on a home page. Names are kept: they are stored with pages."""

    featured = Entries(7, 10, label=_("Featured and latest"), icon="pick")
    services = blocks.StaticBlock(label=_("Services for residents"), icon="list-ul")
    notices = Entries(5, 10, label=_("Notices and deadlines"), icon="warning")
    sections = Sections(label=_("Latest by section"), icon="folder-open-1")
    from_above = Entries(5, 8, label=_("From the levels above"), icon="download")
    below = Entries(8, 16, label=_("New in the districts and communes"), icon="site")
    calendar = Entries(6, 12, label=_("Calendar"), icon="date")
    documents = Entries(6, 12, label=_("New documents"), icon="doc-full")
    procedures = Entries(8, 16, label=_("Procedures most used"), icon="tasks")
    leaders = Entries(6, 12, label=_("Leaders"), icon="group")
    gallery = Entries(6, 12, label=_("Photographs"), icon="image")
    video = Entries(1, 4, label=_("Video"), icon="media")
    links = Links(label=_("Links"), icon="link")
    units = blocks.StaticBlock(label=_("Levels and neighbours"), icon="home")

    class Meta:
        block_counts = {
            name: {"max_num": 1}
            for name in (
                "featured", "services", "notices", "from_above", "below", "calendar", "documents",
                "procedures", "leaders", "gallery", "video", "units",
            )
        }  # fmt: skip


DEFAULT_LAYOUTS: dict[str, list[str]] = {
    "province": [
        "featured", "services", "procedures", "sections", "calendar", "documents", "below", "units",
    ],
    "district": [
        "featured", "services", "procedures", "from_above", "sections", "calendar", "documents",
        "below", "units",
    ],
    "commune": [
        "featured", "services", "procedures", "from_above", "sections", "calendar", "documents",
        "units",
    ],
}  # fmt: skip


def default_layout(tier: str) -> Any:
    """The blocks of a home page that nobody has composed, with the defaults of each."""
    block = HomeBlocks()
    names = DEFAULT_LAYOUTS[tier]
    return blocks.StreamValue(
        block, [(name, block.child_blocks[name].get_default()) for name in names]
    )
