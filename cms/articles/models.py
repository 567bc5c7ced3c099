"""The article: news, announcements and every other page that people read and search."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.basepage.models import BasePage
from cms.basepage.panels import page_tabs
from sites.distribution import receiving
from themes.names import unit_name

from .blocks import ArticleBody
from .plain_text import plain_text


class ArticlePage(BasePage):
    """One article in a section of a unit's site."""

    author = models.CharField(
        _("author or source"),
        max_length=150,
        blank=True,
        help_text=_("As readers see it, for example the editorial board."),
    )
    body = StreamField(ArticleBody(), blank=True, verbose_name=_("body"))

    is_listed_type = True
    parent_page_types = ["sections.SectionPage"]
    subpage_types: list[str] = []
    template = "themes/article.html"
    page_description = _("News, an announcement or any other text.")

    edit_handler = page_tabs(
        translated={"summary": _("Summary"), "body": _("Body")},
        shared=[FieldPanel("image"), FieldPanel("author"), FieldPanel("tags")],
        dated=True,
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the article came from when another unit's site shows it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["received"] = receiving.received_in(request)
        return context

    def search_body(self, language: str) -> str:
        """The body in a language as plain text, for the search index."""
        body = getattr(self, build_localized_fieldname("body", language))
        return plain_text(body.raw_data) if body else ""

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """A NewsArticle in the active language."""
        unit = self.author or (unit_name(self.unit) if self.unit else "")
        article: dict[str, Any] = {
            "@type": "NewsArticle",
            "headline": self.display_title[:110],
            "url": address,
            "mainEntityOfPage": address,
            "datePublished": self.public_at.isoformat(),
            "dateModified": (self.last_published_at or self.public_at).isoformat(),
            "author": {"@type": "Organization", "name": unit},
        }
        if self.summary:
            article["description"] = self.summary
        return [article]
