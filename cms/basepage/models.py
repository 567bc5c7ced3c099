"""The base of every page: which unit it belongs to, where it is filed, how its address is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import AbstractPage, PageViewRestriction
from wagtail.models.pages import AbstractPageMeta
from wagtail.models.sites import SiteRootPath
from wagtail.search import index

from cms.basepage.normal import compose
from cms.basepage.slugs import SLUG_LENGTH
from search.index.facts import AnswerCard, Facts
from search.text import fold, slugify
from sites.hosts.registry import Portal, portal_of_path

if TYPE_CHECKING:
    from cms.sections.models import SectionPage

SectionView = Callable[[HttpRequest, "SectionPage"], HttpResponse]


class BasePage(AbstractPage):
    """What all pages share, so that any list of pages is one indexed query over one table.

    `title` is Vietnamese and never follows the active language; titles in other languages stand in
    `headline_<language>`. `listed` is set by page types that readers meet in lists (articles).
    """

    unit = models.ForeignKey(
        "units.AdministrativeUnit",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="pages",
        verbose_name=_("administrative unit"),
    )
    section = models.ForeignKey(
        "blueprints.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
    )
    listed = models.BooleanField(default=False, editable=False)
    public_at = models.DateTimeField(
        _("public date"),
        default=timezone.now,
        help_text=_("The date that readers see and lists are sorted by."),
    )
    headline = models.CharField(_("title in other languages"), max_length=255, blank=True)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    source_id = models.CharField(
        _("id in the old portal"), max_length=100, blank=True, editable=False, db_index=True
    )

    tags = ClusterTaggableManager(
        through="tags.PageTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("What it is about, in a few words that other pages share."),
    )

    # Editors, too, type without accents; Wagtail's search of the admin knows no folding.
    search_fields = [
        *AbstractPage.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    # Page types that readers meet in lists set this; `listed` follows it.
    is_listed_type = False

    # Set where a request is answered (sites/distribution/receiving.py); see get_view_restrictions.
    known_restrictions: models.QuerySet[PageViewRestriction] | None = None

    # How a section looks whose first page type this is, and its further addresses by their last
    # path component ("lich.ics").
    section_template = "themes/section.html"
    section_routes: ClassVar[dict[str, SectionView]] = {}

    class Meta(AbstractPageMeta):
        indexes = [
            models.Index(
                fields=["unit", "section", "-public_at"],
                name="page_list_section",
                condition=Q(live=True, listed=True),
            ),
            models.Index(
                fields=["unit", "-public_at"],
                name="page_list_unit",
                condition=Q(live=True, listed=True),
            ),
        ]

    # ------------------------------------------------------------------------------- languages

    @property
    def display_title(self) -> str:
        """The title in the active language, or the Vietnamese one."""
        language = get_language() or settings.LANGUAGE_CODE
        if language == settings.LANGUAGE_CODE:
            return self.title
        return getattr(self, build_localized_fieldname("headline", language), "") or self.title

    @property
    def folded_title(self) -> str:
        """The title as people type it without accents."""
        return fold(self.title)

    def languages(self) -> list[str]:
        """The languages in which a reader is offered this page; Vietnamese is always there."""
        others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        translated = [
            code for code in others if getattr(self, build_localized_fieldname("headline", code))
        ]
        return [settings.LANGUAGE_CODE, *translated]

    # ----------------------------------------------------------------- what a page type may say

    @classmethod
    def type_name(cls) -> str:
        """The name of the type in the search, in facets and in `Section.page_types`."""
        return (cls._meta.model_name or "").removesuffix("page")

    @classmethod
    def can_create_at(cls, parent: BasePage) -> bool:
        """Only where the parent's section takes pages of this type."""
        types = parent.section.page_types if cls.is_listed_type and parent.section else []
        return super().can_create_at(parent) and (not types or cls.type_name() in types)

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: SectionPage) -> dict[str, Any]:
        """What `section_template` needs besides the page: at least the listing."""
        from sites.distribution.listing import SectionListing

        return {"listing": SectionListing.for_request(request, section_page)}

    def search_body(self, language: str) -> str:
        """The page's own text in a language, plain, without title and summary."""
        return ""

    @classmethod
    def search_tags(cls, page_ids: Iterable[int]) -> dict[int, list[str]]:
        """Words under which editors filed some pages, by page id. One query."""
        from cms.tags.queries import names_by_page

        return names_by_page(page_ids)

    def search_facts(self) -> Facts:
        """What the search filters and finds by, besides words."""
        return Facts()

    def answer(self) -> AnswerCard | None:
        """The page as a short answer above search results; None where only reading it answers."""
        return None

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org objects that describe the page at its canonical address, without @context."""
        return []

    # ------------------------------------------------------------------- place in the tree, slug

    def inherit_place(self) -> None:
        """Take the unit and the section from the parent page, and follow the page type."""
        self.listed = self.is_listed_type
        parent = self.get_parent() if self.path or hasattr(self, "_cached_parent_obj") else None
        if parent is None or parent.depth < 2:
            return
        self.unit_id = parent.unit_id
        if self.is_listed_type:
            self.section_id = parent.section_id

    def _set_core_field_defaults(self) -> None:
        """Give the page a free slug of its own, whatever the editor typed or left out."""
        compose(self)
        self.inherit_place()
        if self.path or getattr(self, "_cached_parent_obj", None):
            base = slugify(
                getattr(self, "slug", "") or self.title, max_length=SLUG_LENGTH, fallback="trang"
            )
            self.slug = self._get_autogenerated_slug(base)
        super()._set_core_field_defaults()

    # ------------------------------------------------------------------------------- addresses

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """`(site id, root URL, path)` from the map of hosts; None outside any site.

        Replaces Wagtail's scan of all sites (docs/decisions/0004). Public pages are mounted at
        the root of their host, other languages under `/en/`.
        """
        portal = portal_of_path(self.path)
        if portal is None:
            return None
        return portal.site_id, portal.root_url, page_path(self.url_path)

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """The path on the page's own site, the full address everywhere else."""
        parts = self.get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, path = parts
        portal: Portal | None = getattr(request, "portal", None)
        here = current_site.pk if current_site else portal and portal.site_id
        return path if here == site_id else root_url + path

    url = property(get_url)

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """The restrictions of this page and of those above it. One query: there are no aliases.

        A page that was found for a reader keeps the answer, which is asked for more than once.
        """
        if self.known_restrictions is not None:
            return self.known_restrictions
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in ends]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> list[SiteRootPath]:
        """Only the page's own site, for the parts of Wagtail that look for it in a list.

        Wagtail's redirects expect the list to be left on `cache_object`.
        """
        portal = portal_of_path(self.path)
        root = "/".join(self.url_path.split("/", 2)[:2]) + "/"
        language = settings.LANGUAGE_CODE
        paths = [SiteRootPath(portal.site_id, root, portal.root_url, language)] if portal else []
        if cache_object is not None:
            cache_object._wagtail_cached_site_root_paths = paths
        return paths


def page_path(url_path: str) -> str:
    """`/<home>/tin-tuc/bai/` → `/tin-tuc/bai/`, with the prefix of the active language."""
    inside = url_path.split("/", 2)[2]
    return language_prefix() + inside


def language_prefix() -> str:
    """`/` in Vietnamese, `/en/` in English."""
    language = get_language()
    return "/" if language in (None, settings.LANGUAGE_CODE) else f"/{language}/"
