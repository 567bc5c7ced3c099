"""Pages that are, besides the fields of their type, a body of blocks in each language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import StreamField

from cms.basepage.models import BasePage
from sites.distribution import receiving

from .blocks import ArticleBody
from .plain_text import plain_text


class BodyPage(BasePage):
    """A listed page with a translated body; subclasses register `body` for translation.

    `searched_fields` are their translated text fields that people search besides the body.
    """

    body = StreamField(ArticleBody(), blank=True, verbose_name=_("body"))

    is_listed_type = True
    parent_page_types = ["sections.SectionPage"]
    subpage_types: list[str] = []
    searched_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how the page came here when another unit's site shows it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["received"] = receiving.received_in(request)
        return context

    def in_language(self, field: str, language: str) -> Any:
        """The value of a translated field in exactly one language."""
        return getattr(self, build_localized_fieldname(field, language))

    def search_body(self, language: str) -> str:
        """The type's own texts and the body, one paragraph a line."""
        texts = [self.in_language(field, language) or "" for field in self.searched_fields]
        body = self.in_language("body", language)
        texts.append(plain_text(body.raw_data) if body else "")
        return "\n".join(text for text in texts if text)
