"""The editor of a map: drawings are cleaned before anything of them is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.basepage.forms import PageForm

from .drawings import clean_drawing


class MapForm(PageForm):
    """Takes a drawing as a file and keeps its cleaned text."""

    drawing_file = forms.FileField(
        label=_("Drawing (SVG)"),
        required=False,
        help_text=_("Scripts and outside references are taken out. Replaces the drawing."),
    )
    remove_drawing = forms.BooleanField(label=_("Remove the drawing"), required=False)

    def clean_drawing_file(self) -> str | None:
        """The cleaned text of the drawing."""
        file = self.cleaned_data.get("drawing_file")
        return clean_drawing(file.read()) if file else None

    def save(self, commit: bool = True) -> Any:
        """Take the drawing over to the page."""
        if self.cleaned_data.get("drawing_file"):
            self.instance.drawing = self.cleaned_data["drawing_file"]
        elif self.cleaned_data.get("remove_drawing"):
            self.instance.drawing = ""
        return super().save(commit=commit)
