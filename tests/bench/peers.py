"""The peers: what Wagtail does by itself, run on the same machine in the same minute."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from django.core.cache import cache
from django.db.models.signals import post_save
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.models import AbstractPage, Site
from wagtail.signals import page_published

from cms.articles.models import ArticlePage
from cms.basepage.models import BasePage
from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage
from search.index.signals import page_saved
from sites.distribution.signals import keep_targets_in_step

from .harness import say, timed_and_counted
from .world import fresh_articles, province, rolled_back


@dataclass(frozen=True, slots=True)
class AliasTimings:
    """Alias pages of one article: creating them, and publishing an edit with them."""

    targets: int
    create_seconds: float
    create_queries: int
    publish_seconds: float
    publish_queries: int


def alias_pages() -> AliasTimings:
    """One alias in the news section of every site below the province; all undone afterwards.

    Our own listeners are off, and everything runs in one transaction: both favour the peer.
    """
    sections = list(SectionPage.objects.filter(section__code="tin-tuc").exclude(unit=province()))
    with fresh_articles(1, "Bài có bản sao") as (source,), rolled_back(), _without_ours():
        page = ArticlePage.objects.get(pk=source.pk)
        say(f"    Wagtail makes {len(sections)} alias pages")
        created = timed_and_counted(
            lambda: [page.create_alias(parent=section) for section in sections]
        )
        page.title = "Bài có bản sao, đã sửa"
        published = timed_and_counted(lambda: page.save_revision().publish())
        assert page.aliases.filter(title=page.title).count() == len(sections)
    return AliasTimings(len(sections), *created, *published)


@contextmanager
def _without_ours() -> Iterator[None]:
    """Switch off what our own apps do when pages are saved and published."""
    post_save.disconnect(dispatch_uid="search-page-saved")
    page_published.disconnect(dispatch_uid="distribution-targets")
    try:
        yield
    finally:
        post_save.connect(page_saved, dispatch_uid="search-page-saved")
        page_published.connect(keep_targets_in_step, dispatch_uid="distribution-targets")


@contextmanager
def stock_addresses() -> Iterator[None]:
    """Build addresses as Wagtail does, from a scan of the list of all sites, its cache warm."""
    names = ("get_url_parts", "get_url", "url", "_get_site_root_paths")
    originals = {name: vars(AbstractPage)[name] for name in names}
    with patch.multiple(BasePage, **originals):
        Site.clear_site_root_paths_cache()
        Site.get_site_root_paths()
        yield
    cache.clear()


@contextmanager
def stock_explorer() -> Iterator[None]:
    """Show Wagtail's explorer with its own filters and its own addresses."""

    class StockPageViewSet(PageViewSet):
        model = BasePage

    ours = page_viewset_registry.get_by_parent_model(SiteHomePage)
    stock = {"index": StockPageViewSet().index_view}
    with patch.dict(ours.views, stock), stock_addresses():
        yield
