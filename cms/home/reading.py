"""What a home page shows: its blocks in order, each with what was read for it.

Items of all blocks are loaded together, so a further block costs one statement, not four.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from cms.calendars.queries import upcoming
from cms.galleries.queries import latest_galleries, latest_videos
from cms.notices.queries import open_notices
from cms.organisation.queries import leaders
from sites.distribution.levels import from_origins, newest_below, own_first
from sites.distribution.listing import Block, Item, load_items
from sites.distribution.queries import Shown, latest_by_section
from sites.distribution.sections import FROM_ABOVE, SectionLink, SiteSections, sections_of
from sites.units.models import AdministrativeUnit
from themes.surroundings import Surroundings, UnitLink, surroundings_of

from .blocks import default_layout, text_in_language
from .papers import numbered, popular

NEWS = {"article", "notice"}
SPARE = 3
REPEATS = 8
Finish = Callable[[dict[int, Item]], Any]
SectionItems = dict[int, list[Shown]]


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a home page with what it shows."""

    name: str
    data: Any

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"themes/home/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Level:
    """A higher level, and what it sent."""

    link: UnitLink
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one type, and the section that lists all of them (None: the site has none)."""

    section: SectionLink | None
    items: list[Any]


@dataclass
class HomeReading:
    """Reads the blocks of one home page for one request."""

    request: HttpRequest
    home: Any
    wanted: list[Shown] = field(default_factory=list)
    featured: set[int] = field(default_factory=set)

    def parts(self) -> list[Part]:
        """The blocks that have something to show, in the order of the layout."""
        drafts: list[tuple[str, Finish]] = []
        for block in self._layout:
            reader = getattr(self, f"_read_{block.block_type}", None)
            finish = reader(block.value) if reader else None
            if finish is not None:
                drafts.append((block.block_type, finish))
        items = load_items(self.wanted, self.sections) if self.wanted else {}
        read = ((name, finish(items)) for name, finish in drafts)
        return [Part(name, data) for name, data in read if data]

    @cached_property
    def around(self) -> Surroundings:
        """The frame of the site; a preview stands on the site's host, too."""
        around = surroundings_of(self.request)
        if around is None:
            raise RuntimeError("A home page is only read on the host of a site.")
        return around

    @property
    def unit(self) -> AdministrativeUnit:
        """The unit whose home page this is."""
        return self.around.unit

    @cached_property
    def sections(self) -> SiteSections:
        """The sections of the site."""
        return sections_of(self.request, self.unit)

    @cached_property
    def _layout(self) -> Any:
        if self.home.layout and self.around.look.own_layout:
            return self.home.layout
        return default_layout(self.unit.tier)

    @cached_property
    def news(self) -> list[int]:
        """Ids of the installation's sections that hold news and notices first of all."""
        types = self.sections.page_types
        return [pk for pk, names in types.items() if not names or names[0] in NEWS]

    def _wish(self, shown: Sequence[Shown]) -> Callable[[dict[int, Item]], list[Item]]:
        self.wanted += shown
        return lambda items: [items[one.page_id] for one in shown if one.page_id in items]

    # ------------------------------------------------------------------------ blocks of own pages

    def _read_featured(self, value: Any) -> Finish:
        shown = own_first(self.unit, self.news, value["number"])
        self.featured |= {one.page_id for one in shown}
        return self._wish(shown)

    def _read_services(self, value: Any) -> Finish:
        return lambda items: self.sections.pages

    def _read_sections(self, value: Any) -> Finish:
        links = self._links(value["sections"])
        newest = [self._newest[link.section_id or 0][: value["number"] + SPARE] for link in links]
        found = [(link, self._wish(shown)) for link, shown in zip(links, newest, strict=True)]

        def finish(items: dict[int, Item]) -> list[Block]:
            blocks = [
                Block(link, self._fresh(find(items))[: value["number"]]) for link, find in found
            ]
            return [block for block in blocks if block.items]

        return finish

    @cached_property
    def _newest(self) -> SectionItems:
        """The newest of every section that any block shows, and a few more: what stands at the
        top of the page already is left out. One query for all blocks."""
        links: list[SectionLink] = []
        deepest = 1
        for block in self._layout:
            if block.block_type == "sections":
                links += self._links(block.value["sections"])
            elif block.block_type == "documents":
                links += filter(None, [self._section_of("document")])
            else:
                continue
            deepest = max(deepest, block.value["number"])
        wanted = {link.section_id: self.sources(link) for link in links if link.section_id}
        return latest_by_section(self.unit, wanted, deepest + SPARE)

    def _fresh(self, items: list[Item]) -> list[Item]:
        """What the page has not shown yet; everything where fewer than two would remain."""
        fresh = [item for item in items if item.page.pk not in self.featured]
        return fresh if len(fresh) > 1 else items

    def _links(self, codes: Sequence[str]) -> list[SectionLink]:
        if not codes:
            with_own_block = {FROM_ABOVE} if self._has("from_above") else set()
            return [
                link for link in self.sections.pages
                if link.on_home and link.section_id in self.news and link.slug not in with_own_block
            ]  # fmt: skip
        by_slug = {link.slug: link for link in self.sections.pages if link.section_id}
        return [by_slug[code] for code in codes if code in by_slug]

    def _has(self, name: str) -> bool:
        return any(block.block_type == name for block in self._layout)

    def sources(self, link: SectionLink) -> list[int]:
        """The sections of origins whose items a section page shows."""
        return self.sections.sources_of(link.section_id or 0)

    # ------------------------------------------------------------------------ between the levels

    def _read_from_above(self, value: Any) -> Finish | None:
        above = [tier for tier in reversed(self.around.tiers) if not tier.is_here]
        if not above:
            return None
        sent = from_origins(self.unit, [link.unit for link in above], self.news, value["number"])
        self.featured |= {one.page_id for shown in sent.values() for one in shown}
        pending = [(link, self._wish(sent.get(link.unit.pk, []))) for link in above]

        def finish(items: dict[int, Item]) -> list[Level]:
            levels = (Level(link, find(items)) for link, find in pending)
            return [level for level in levels if level.items]

        return finish

    def _read_below(self, value: Any) -> Finish | None:
        if self.unit.tier == "commune":
            return None
        below = [
            link.unit.pk
            for near in self.around.neighbours
            for link in (near, *near.below)
            if link.url
        ]
        find = self._wish(newest_below(below, self.news, value["number"]))
        return lambda items: [
            replace(item, url=item.page.get_url(self.request) or "") for item in find(items)
        ]

    def _read_units(self, value: Any) -> Finish:
        return lambda items: self.around.neighbours or self.around.tiers[:-1]

    # -------------------------------------------------------------------- what other apps provide

    def _section_of(self, page_type: str) -> SectionLink | None:
        """The section of the site that lists all pages of a type."""
        types = self.sections.page_types
        links = self.sections.pages
        return next((x for x in links if page_type in types.get(x.section_id or 0, [])[:1]), None)

    def _group(self, page_type: str, entries: Sequence[Any]) -> Finish:
        found = Group(self._section_of(page_type), list(entries)) if entries else None
        return lambda items: found

    def _read_calendar(self, value: Any) -> Finish:
        """The next date of each event: a weekly one would fill the block."""
        coming = upcoming(self.request, self.unit, value["number"] * REPEATS)
        first = {item.event.pk: item for item in reversed(coming)}
        entries = [item for item in coming if first[item.event.pk] is item]
        return self._group("event", entries[: value["number"]])

    def _read_documents(self, value: Any) -> Finish | None:
        section = self._section_of("document")
        if section is None or section.section_id is None:
            return None
        find = self._wish(self._newest[section.section_id][: value["number"]])

        def finish(items: dict[int, Item]) -> Group | None:
            papers = numbered(find(items))
            return Group(section, papers) if papers else None

        return finish

    def _read_procedures(self, value: Any) -> Finish | None:
        section = self._section_of("procedure")
        if section is None or section.section_id is None:
            return None
        find = self._wish(popular(self.unit, self.sources(section), value["number"]))

        def finish(items: dict[int, Item]) -> Group | None:
            found = find(items)
            return Group(section, found) if found else None

        return finish

    def _read_notices(self, value: Any) -> Finish:
        return self._group("notice", open_notices(self.request, self.unit, value["number"]))

    def _read_leaders(self, value: Any) -> Finish:
        return self._group("office", leaders(self.unit, value["number"]))

    def _read_gallery(self, value: Any) -> Finish:
        return self._group("gallery", latest_galleries(self.unit, value["number"]))

    def _read_video(self, value: Any) -> Finish:
        return self._group("gallery", latest_videos(self.unit, value["number"]))

    # ------------------------------------------------------------------------------ other things

    def _read_links(self, value: Any) -> Finish:
        links = [(text_in_language(link["text"]), link["address"]) for link in value["links"]]
        return lambda items: {"title": text_in_language(value["title"]), "links": links}
