"""From the fields of a form page to a form, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from modeltranslation.utils import build_localized_fieldname
from wagtail.contrib.forms.forms import BaseForm, FormBuilder, _split_by_newline_or_comma

MAX_LINE, MAX_TEXT = 300, 5000


class PublicForm(BaseForm):
    """A form for residents. Django 5.2 ties errors and hints to the fields (aria-describedby)."""

    use_required_attribute = False  # the portal's own messages, in the page's language


class TranslatedFormBuilder(FormBuilder):
    """Choices are stored in Vietnamese and shown in the reader's language."""

    def get_form_class(self) -> type[PublicForm]:
        """A form class with the page's fields."""
        return type("PageForm", (PublicForm,), self.formfields)

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """A line of at most 300 letters."""
        return forms.CharField(**options | {"max_length": MAX_LINE})

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """A text of at most 5,000 letters."""
        widget = forms.Textarea(attrs={"rows": 7})
        return forms.CharField(**options | {"max_length": MAX_TEXT, "widget": widget})

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """A day, with the browser's own calendar."""
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(**options | {"widget": widget})

    def create_datetime_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """A day and a time, with the browser's own calendar."""
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return forms.DateTimeField(**options | {"widget": widget})

    def get_formatted_field_choices(self, field: Any) -> list[tuple[str, str]]:
        """`(Vietnamese, in the reader's language)`; Vietnamese where the lists differ in length."""
        name = build_localized_fieldname("choices", settings.LANGUAGE_CODE)
        stored = _split_by_newline_or_comma(getattr(field, name) or "")
        shown = _split_by_newline_or_comma(field.choices or "")
        return list(zip(stored, shown if len(shown) == len(stored) else stored, strict=True))
