"""The tab “Look” of a home page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel

from themes.styles.locks import locks_above

from .widgets import ColourInput, PaletteSelect


class LockNote(Panel):
    """Says which parts a level above has locked; nothing where none are."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/lock_note.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the home pages that lock something."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            labels = {
                "lock_palette": _("Palette"),
                "lock_logo": _("emblem and banner"),
                "lock_layout": _("blocks of the home page"),
            }
            held = locks_above(self.instance) if self.instance else {}
            context["locks"] = [(labels[lock], above.unit) for lock, above in held.items()]
            return context


def look_tab() -> ObjectList:
    """Palette, emblem, banner and blocks; fields that are not in the form do not appear."""
    return ObjectList(
        [
            LockNote(),
            MultiFieldPanel(
                [
                    FieldPanel("theme", widget=PaletteSelect()),
                    FieldPanel("own_primary", widget=ColourInput("#7d1a1f")),
                    FieldPanel("own_accent", widget=ColourInput("#c4973f")),
                ],
                heading=_("Colours"),
                help_text=_(
                    "Whatever is chosen, readers get enough contrast in light and dark. The "
                    "preview shows it at once; under “History” any earlier look can be restored."
                ),
            ),
            MultiFieldPanel(
                [FieldPanel("logo"), FieldPanel("banner")], heading=_("Emblem and banner")
            ),
            FieldPanel("layout"),
            MultiFieldPanel(
                [
                    FieldPanel("lock_palette"),
                    FieldPanel("lock_logo"),
                    FieldPanel("lock_layout"),
                ],
                heading=_("For all sites below"),
            ),
        ],
        heading=_("Look"),
    )
