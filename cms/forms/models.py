"""Forms of a unit: questions, suggestions, registrations. What people send is seen by its people.

Personal data are asked for with consent and kept no longer than needed (Law on the protection of
personal data 91/2025/QH15): every form states what it is for, and submissions are deleted after
the days that the form names.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.forms.models import (
    AbstractFormField,
    AbstractFormSubmission,
    FormMixin,
    validate_to_address,
)

from cms.articles.body import BodyPage
from cms.basepage.panels import page_tabs
from search.text import slugify

from .builder import TranslatedFormBuilder
from .editor import FormPageForm
from .views import serve_form


class FormPage(FormMixin, BodyPage):
    """A form that residents fill in without an account."""

    consent = models.TextField(
        _("consent"),
        max_length=1500,
        help_text=_("What the data are used for and how long they are kept; people agree to it."),
    )
    thanks = models.TextField(_("words of thanks"), max_length=1000, blank=True)
    to_address = models.CharField(
        _("tell these addresses"),
        max_length=255,
        blank=True,
        validators=[validate_to_address],
        help_text=_("They are told that something came, not what. Separate addresses by comma."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days until deletion"),
        default=180,
        validators=[MinValueValidator(7), MaxValueValidator(3650)],
        help_text=_("Submissions are deleted this many days after they came."),
    )
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    searched_fields = ("thanks",)
    template = "themes/form.html"
    landing_page_template = "themes/form_sent.html"
    base_form_class = FormPageForm
    form_builder = TranslatedFormBuilder
    page_description = _("A form that residents fill in: a suggestion, a registration.")

    edit_handler = page_tabs(
        translated={
            "summary": _("Summary"),
            "body": _("Text above the form"),
            "consent": _("Consent to the use of personal data"),
            "thanks": _("Words of thanks"),
        },
        shared=[
            InlinePanel("form_fields", label=_("Form field"), heading=_("Fields of the form")),
            FieldRowPanel([FieldPanel("keep_days"), FieldPanel("closes_at")]),
            FieldPanel("to_address"),
        ],
    )
    edit_handler.base_form_class = FormPageForm

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what is sent to it; the thanks."""
        return serve_form(self, request)

    def get_submission_class(self) -> type[Submission]:
        """Submissions with a reference number."""
        return Submission

    def get_data_fields(self) -> list[tuple[str, Any]]:
        """The columns of the list of submissions: the reference first."""
        return [("reference", _("Reference")), *super().get_data_fields()]


class FormField(AbstractFormField):
    """One field of a form, with its words in every language."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")

    panels = [
        FieldRowPanel([FieldPanel("label_vi"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("help_text_vi"), FieldPanel("help_text_en")]),
        FieldRowPanel(
            [
                FieldPanel("field_type", classname="formbuilder-type", required_on_save=True),
                FieldPanel("required"),
            ]
        ),
        FieldPanel("choices_vi", classname="formbuilder-choices"),
        FieldPanel("choices_en", classname="formbuilder-choices"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("form field")
        verbose_name_plural = _("form fields")

    def get_field_clean_name(self) -> str:
        """From the Vietnamese label, whatever language the editor works in."""
        label = self.label_vi or self.label  # type: ignore[attr-defined]
        return slugify(label, max_length=60, fallback="o").replace("-", "_")


class Submission(AbstractFormSubmission):
    """What somebody sent. Carries no address of a computer."""

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    consent = models.TextField(_("consent"), help_text=_("The words that the person agreed to."))
    fingerprint = models.CharField(max_length=64, editable=False)
    """Of the form and the data: the same text sent twice is one submission."""

    class Meta(AbstractFormSubmission.Meta):
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=["page", "fingerprint"], name="submission_fingerprint"),
            models.Index(fields=["submit_time"], name="submission_time"),
        ]

    def get_data(self) -> dict[str, Any]:
        """The fields, the time and the reference."""
        return super().get_data() | {"reference": self.reference}


class Attempt(models.Model):
    """Somebody sent something: counted by a keyed hash of the day's address, kept for a day."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
