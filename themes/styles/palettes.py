"""The palettes that units choose from. Their colours are in `static/themes/tokens.css`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Palette(models.TextChoices):
    """Designed palettes, and the one that follows from a unit's own colours."""

    QUOC_GIA = "quoc-gia", _("Lacquer red and gold")
    SONG_HONG = "song-hong", _("River teal and silt")
    LUA_CHIN = "lua-chin", _("Bamboo green and ripe rice")
    CHU_DAU = "chu-dau", _("Pottery blue and clay")
    TIM_SIM = "tim-sim", _("Myrtle violet and honey")
    DA_NUI = "da-nui", _("Slate grey and ochre")
    OWN = "rieng", _("Own colours")


DESIGNED = [palette.value for palette in Palette if palette is not Palette.OWN]
