"""How a palette and a colour are chosen."""

from __future__ import annotations

from django import forms
from django.forms.widgets import Media


class PaletteSelect(forms.RadioSelect):
    """Palettes with their colours beside the names."""

    template_name = "home/palette_select.html"

    @property
    def media(self) -> Media:
        return Media(css={"all": ["home/look.css"]}, js=["home/look.js"])


class ColourInput(forms.TextInput):
    """A colour as text, with the browser's own picker beside it."""

    def __init__(self, example: str) -> None:
        super().__init__({"data-colour": "", "pattern": "#[0-9A-Fa-f]{6}", "placeholder": example})

    @property
    def media(self) -> Media:
        return Media(css={"all": ["home/look.css"]}, js=["home/look.js"])
