"""`/_kieu-mau/`: every component in every palette, for those who write templates and pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from sites.units.models import AdministrativeUnit, Kind, Tier

from .styles.palettes import DESIGNED, Palette

SCHEMES = {"sang": _("Light"), "toi": _("Dark"), "cao": _("High contrast")}
TOKENS = [
    "paper", "surface", "tint", "line", "ink", "ink-soft", "brand", "brand-deep", "brand-ink",
    "on-brand", "on-brand-soft", "accent", "accent-ink", "focus", "warn", "warn-tint",
]  # fmt: skip


@dataclass(frozen=True)
class Example:
    """An entry of a list as templates expect it, belonging to no site."""

    page: SimpleNamespace
    url: str = "#"
    is_received: bool = False

    @property
    def date(self) -> datetime.datetime:
        return timezone.now()


def example(title: str, *, received: bool = False) -> Example:
    """An entry with a summary and without a picture."""
    unit = AdministrativeUnit(
        name="Tỉnh Hải Dương", short_name="Hải Dương", kind=Kind.TINH, tier=Tier.PROVINCE
    )
    page = SimpleNamespace(
        pk=0, image=None, image_id=None, display_title=title, unit=unit,
        summary="Trạm y tế tiêm cho trẻ từ 2 tháng tuổi, sáng thứ Bảy, tại nhà văn hóa thôn.",
        languages=lambda: ["vi", "en"],
    )  # fmt: skip
    return Example(page, is_received=received)


@require_admin_access
def patterns(request: HttpRequest) -> HttpResponse:
    """The page. Shows no content of any unit."""
    context = {
        "specimens": [
            (palette, Palette(palette).label, scheme, label)
            for palette in DESIGNED
            for scheme, label in SCHEMES.items()
        ],
        "tokens": TOKENS,
        "own": example("Lịch tiêm chủng tháng Sáu của trạm y tế"),
        "received": example("Đổi giấy phép lái xe tại cơ quan Công an", received=True),
        "numbers": [1, 2, 3, "…", 12],
    }
    return render(request, "themes/patterns.html", context)


urlpatterns = [path("_kieu-mau/", patterns, name="patterns")]
