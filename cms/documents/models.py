"""Legal and directing documents, with their numbers, dates, files and relations."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from cms.basepage.structured import stated
from cms.listings import kinds
from cms.listings.computed import ComputedArray, ComputedText
from cms.listings.queries import State
from cms.listings.templatetags.list_tags import day
from cms.media.attached import AttachedFile
from cms.vocabularies.lookup import issuer_name, term
from cms.vocabularies.models import DocumentKind, Field, Issuer
from search.index.facts import AnswerCard, Facts
from search.text import fold

from .numbers import check_number, number_keys
from .validity import Validity


class DocumentPage(BodyPage):
    """One document. The title is its abstract (trích yếu): what it is about.

    Whether it is in force follows from its dates and from documents that replace or amend it;
    nobody types it, so it cannot contradict them.
    """

    number = models.CharField(
        _("number and symbol"),
        max_length=60,
        blank=True,
        help_text=_("For example 15/2024/QĐ-UBND or 123/UBND-VP; empty for drafts."),
    )
    kind = models.ForeignKey(DocumentKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="+", verbose_name=_("issuing body")
    )
    field = models.ForeignKey(
        Field,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("field of administration"),
    )
    signer = models.CharField(_("signatory"), max_length=100, blank=True)
    signer_position = models.CharField(_("position of the signatory"), max_length=150, blank=True)
    issued_on = models.DateField(_("date of issue"))
    effective_on = models.DateField(
        _("effective date"),
        null=True,
        blank=True,
        help_text=_("Empty: in force from the date of issue."),
    )
    expires_on = models.DateField(
        _("expires on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer holds. Leave empty when another document"
                    " replaces it: that document says so."),
    )  # fmt: skip
    number_keys = ComputedArray(models.CharField(max_length=60), default=list, editable=False)
    folded = ComputedText(default="", editable=False)

    template = "themes/document.html"
    section_template = "themes/documents.html"
    page_description = _("A legal or directing document with its number, dates and files.")
    search_fields = [*BodyPage.search_fields, index.SearchField("number")]

    edit_handler = page_tabs(
        translated={"summary": _("Summary"), "body": _("Body")},
        shared=[
            FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("issuer"), FieldPanel("field")]),
            FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_position")]),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("issued_on"),
                            FieldPanel("effective_on"),
                            FieldPanel("expires_on"),
                        ]
                    )
                ],
                heading=_("Dates"),
            ),
            InlinePanel("files", heading=_("Files"), label=_("File")),
            InlinePanel("relations", heading=_("Related documents"), label=_("Relation")),
            FieldPanel("tags"),
        ],
        dated=True,
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            GinIndex(fields=["number_keys"], name="document_number_keys"),
            GinIndex(SearchVector("folded", config="simple"), name="document_words"),
        ]

    # --------------------------------------------------------------------------- written values

    def compute_number_keys(self) -> list[str]:
        """All keys that the number may be asked for by."""
        return number_keys(self.number, self.issued_on)

    def compute_folded(self) -> str:
        """Kind, number and title as people type them without accents, for the box of the list."""
        with translation.override("vi"):
            kind = self.kind_name
        return f"{fold(kind)} {fold(self.number)} {fold(self.title)}"

    def clean(self) -> None:
        """Dates that contradict each other, and texts that are no number, are refused."""
        super().clean()
        if self.number:
            try:
                check_number(self.number)
            except ValidationError as error:
                raise ValidationError({"number": error}) from error
        if self.issued_on and self.expires_on:
            begins = max(self.issued_on, self.effective_on or self.issued_on)
            if self.expires_on <= begins:
                message = _("It would expire before it is in force.")
                raise ValidationError({"expires_on": message})

    # ------------------------------------------------------------------------------- in words

    @property
    def full_name(self) -> str:
        """ "Quyết định số 15/2024/QĐ-UBND": kind and number, for people."""
        kind = term(DocumentKind, self.kind_id)
        name = kind.name if kind else ""
        return f"{name} {self.number}".strip()

    @property
    def issuer_name(self) -> str:
        """The whole name of the issuing body."""
        issuer = term(Issuer, self.issuer_id)
        return issuer_name(issuer if isinstance(issuer, Issuer) else None, self.unit)

    @property
    def kind_name(self) -> str:
        """The name of the kind."""
        kind = term(DocumentKind, self.kind_id)
        return kind.name if kind else ""

    @property
    def field_name(self) -> str:
        """The name of the field, or an empty text."""
        found = term(Field, self.field_id)
        return found.name if found else ""

    @cached_property
    def validity(self) -> Validity:
        """Whether it is in force today, computed from dates and relations. One query."""
        values = kinds.values_of(DocumentPage, [self.pk]).get(self.pk) if self.pk else None
        values = values or {"starts_on": self.effective_on, "ends_on": self.expires_on}
        return Validity.of(values)

    # ----------------------------------------------------------------------- search and sharing

    def search_body(self, language: str) -> str:
        """Who signed, and the body."""
        signed = f"{self.signer_position} {self.signer}".strip()
        return "\n".join(filter(None, (signed, super().search_body(language))))

    def search_facts(self) -> Facts:
        """Number, kind, issuer, field and validity."""
        return Facts(
            numbers=(self.number,) if self.number else (),
            kind=self.kind_name,
            field=self.field_name,
            issuer=self.issuer_name,
            validity=str(self.validity.name),
        )

    def answer(self) -> AnswerCard | None:
        """Number, issuer, date and validity; the answer ages when the validity changes."""
        rows = [
            (str(_("Document number")), self.number),
            (str(_("Issuing agency")), self.issuer_name),
            (str(_("Date of issue")), day(self.issued_on)),
            (str(_("Validity")), str(self.validity.name)),
        ]
        return AnswerCard(tuple(row for row in rows if row[1]), until=self.validity.until)

    def structured_data(self, address: str) -> list[dict[str, Any]]:
        """schema.org Legislation."""
        in_force = {
            State.IN_FORCE: "InForce", State.IN_PART: "PartiallyInForce",
        }.get(self.validity.state, "NotInForce")  # fmt: skip
        found: dict[str, Any] = {
            "@type": "Legislation",
            "name": f"{self.full_name} – {self.title}",
            "legislationIdentifier": self.number,
            "legislationType": self.kind_name,
            "legislationDate": self.issued_on.isoformat(),
            "legislationDateVersion": self.effective_on and self.effective_on.isoformat(),
            "legislationLegalForce": f"https://schema.org/{in_force}",
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": self.issuer_name},
            "inLanguage": "vi",
            "url": address,
        }
        return [stated(found)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add validity, files and relations in both directions."""
        from .relations import related_to

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["validity"] = self.validity
        context["files"] = list(self.files.select_related("document"))
        context["relations"] = related_to(self, request)
        return context

    @classmethod
    def section_context(cls, request: HttpRequest, section_page: Any) -> dict[str, Any]:
        """The filtered list."""
        from .listing import DocumentList

        return {"listing": DocumentList.for_request(request, section_page)}


class DocumentFile(AttachedFile):
    """A file of a document."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="files")


class DocumentRelation(Orderable):
    """What a document does to another one, which may not be in the system."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("Replaces")
        AMENDS = "amends", _("Amends")
        BASED_ON = "based_on", _("Is based on")

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=8, choices=Kind.choices)
    number = models.CharField(
        _("number of the other document"),
        max_length=150,
        blank=True,
        help_text=_("If it is on the portal, it is found by its number."),
    )
    target = models.ForeignKey(
        DocumentPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="acted_on_by",
        verbose_name=_("or choose it"),
    )
    keys = ComputedArray(models.CharField(max_length=60), default=list, editable=False)

    panels = [FieldPanel("kind"), FieldPanel("number"), FieldPanel("target")]

    class Meta(Orderable.Meta):
        indexes = [GinIndex(fields=["keys"], name="relation_keys")]

    def compute_keys(self) -> list[str]:
        """The key that the other document is found by."""
        return number_keys(self.number, None)[:1]

    def clean(self) -> None:
        """One of number and document is needed; nothing relates to itself."""
        super().clean()
        if not self.number and self.target_id is None:
            raise ValidationError({"number": _("Write the number, or choose the document.")})
        if self.target_id and self.target_id == self.page_id:
            raise ValidationError({"target": _("A document cannot relate to itself.")})
