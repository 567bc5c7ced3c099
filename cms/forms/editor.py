"""The editor of a form page."""

from __future__ import annotations

from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from cms.basepage.forms import PageForm


class FormPageForm(PageForm, WagtailAdminFormPageForm):
    """Checks the slug as every page does, and the names of the fields as Wagtail's forms do."""
