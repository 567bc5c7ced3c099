"""Uploads belong to a unit of the person who uploads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from search.text import safe_filename
from sites.people.roles import units_of
from sites.units.models import AdministrativeUnit


class UnitOfUploader:
    """Sets the unit of an upload: the person's only one, or the one chosen among several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.uploader = kwargs.get("user")
        super().__init__(*args, **kwargs)
        form: Any = self
        form.fields.pop("unit", None)
        if form.instance.pk and form.instance.unit_id:
            return
        units = units_of(self.uploader) if self.uploader else []
        if len(units) == 1:
            form.instance.unit = units[0]
        elif units:
            form.fields["unit"] = forms.ModelChoiceField(
                AdministrativeUnit.objects.filter(pk__in=[unit.pk for unit in units]),
                label=_("Administrative unit"),
                initial=units[0],
                empty_label=None,
            )

    def clean_file(self) -> Any:
        """Name the file in plain letters: đ becomes d, marks and blanks go."""
        form: Any = self
        file = form.cleaned_data["file"]
        if file and "file" in form.changed_data:
            file.name = safe_filename(file.name)
        return file

    def save(self, commit: bool = True) -> Any:
        """Take the chosen unit over to the upload."""
        form: Any = self
        if "unit" in form.cleaned_data:
            form.instance.unit = form.cleaned_data["unit"]
        return super().save(commit=commit)  # type: ignore[misc]


class UnitImageForm(UnitOfUploader, BaseImageForm):  # type: ignore[misc]
    """The form of a picture."""


class UnitDocumentForm(UnitOfUploader, BaseDocumentForm):  # type: ignore[misc]
    """The form of a document."""
