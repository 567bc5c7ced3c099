"""Pages that name an office name one of their own unit."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import TabbedInterface

from cms.basepage.forms import PageForm


class OwnOfficesForm(PageForm):
    """Takes only offices of the unit on whose site the page stands, whatever was posted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit_id = self.instance.unit_id or getattr(self.parent_page, "unit_id", None)
        for name in ("office", "parent_office"):
            if name in self.fields:
                field = self.fields[name]
                field.queryset = field.queryset.filter(unit_id=unit_id)


def with_own_offices(tabs: TabbedInterface) -> TabbedInterface:
    """The panels of `page_tabs`, edited through `OwnOfficesForm`."""
    tabs.base_form_class = OwnOfficesForm
    return tabs
