"""Questions that residents ask often, with the answer of the office in charge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from cms.articles.body import BodyPage
from cms.articles.plain_text import plain_text
from cms.basepage.panels import page_tabs
from cms.listings.computed import ComputedText
from cms.vocabularies.lookup import term
from cms.vocabularies.models import Field
from search.index.facts import Facts
from search.text import fold

RELATED_TYPES = ["procedures.ProcedurePage", "documents.DocumentPage", "articles.ArticlePage"]


class QuestionPage(BodyPage):
    """One question. The title is the question in one sentence; the body is the answer."""

    question = models.TextField(
        _("question in full"),
        max_length=2000,
        blank=True,
        help_text=_("Without names, addresses or numbers of those who asked."),
    )
    field = models.ForeignKey(
        Field,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of administration"),
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.CharField(_("answered by (office)"), max_length=200, blank=True)
    folded = ComputedText(default="", editable=False)

    searched_fields = ("question", "answered_by")
    template = "themes/question.html"
    section_template = "themes/questions.html"
    page_description = _("A question of residents with its answer.")

    edit_handler = page_tabs(
        translated={
            "question": _("Question in full"),
            "body": _("Answer"),
            "answered_by": _("Answered by (office)"),
        },
        shared=[
            FieldRowPanel([FieldPanel("field"), FieldPanel("asked_on"), FieldPanel("answered_on")]),
            InlinePanel("related", heading=_("Procedures and documents"), label=_("Page")),
            FieldPanel("tags"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [GinIndex(SearchVector("folded", config="simple"), name="question_words")]

    def compute_folded(self) -> str:
        """Question as people type it without accents, for the box of the list."""
        asked = getattr(self, build_localized_fieldname("question", "vi")) or ""
        return f"{fold(self.title)} {fold(asked)}"

    def clean(self) -> None:
        """An answer comes after its question."""
        super().clean()
        if self.asked_on and self.answered_on and self.answered_on < self.asked_on:
            raise ValidationError({"answered_on": _("That is before the question was asked.")})

    @property
    def field_name(self) -> str:
        """The name of the field, or an empty text."""
        found = term(Field, self.field_id)
        return found.name if found else ""

    @property
    def answer_text(self) -> str:
        """The answer in the active language as plain text."""
        return plain_text(self.body.raw_data) if self.body else ""

    def search_facts(self) -> Facts:
        """Its field."""
        return Facts(field=self.field_name)

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org FAQPage with this one question."""
        return faq_page(address, [self])

    def as_faq(self) -> dict[str, Any]:
        """schema.org Question with its accepted answer."""
        answer = {"@type": "Answer", "text": self.answer_text}
        return {"@type": "Question", "name": self.display_title, "acceptedAnswer": answer}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the related pages."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        related = self.related.filter(target__live=True).select_related("target")
        context["related_pages"] = [(link.target, link.target.get_url(request)) for link in related]
        return context

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: Any) -> dict[str, Any]:
        """The filtered list."""
        from .listing import QuestionList

        return {"listing": QuestionList.for_request(request, section_page)}


def faq_page(address: str, questions: Iterable[QuestionPage]) -> list[dict[str, Any]]:
    """schema.org FAQPage of those questions that have an answer; nothing without any."""
    answered = [question.as_faq() for question in questions if question.answer_text]
    return [{"@type": "FAQPage", "url": address, "mainEntity": answered}] if answered else []


class QuestionLink(Orderable):
    """A page that helps with a question."""

    page = ParentalKey(QuestionPage, on_delete=models.CASCADE, related_name="related")
    target = models.ForeignKey(
        "basepage.BasePage", models.CASCADE, related_name="+", verbose_name=_("page")
    )

    panels = [PageChooserPanel("target", RELATED_TYPES)]
