"""`manage.py page_samples [--json]`: one public page of each type, for screenshots and checks."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from wagtail.models import get_page_models

from cms.basepage.models import BasePage
from cms.commands import JsonCommand
from cms.home.models import SiteHomePage
from cms.sections.models import SectionPage
from sites.units.models import Tier


class Command(JsonCommand):
    help = "List the address of one public page of each type."

    def run(self, **options: Any) -> dict[str, object]:
        """Types by name, the home pages by tier; a type without a public page is left out."""
        found = {f"home-{tier}": _newest(SiteHomePage, Q(unit__tier=tier)) for tier in Tier}
        for model in get_page_models():
            if model not in (BasePage, SiteHomePage, SectionPage):
                found[model.type_name()] = _newest(model, Q(listed=True))
        sections = SectionPage.objects.filter(live=True, section__isnull=False)
        codes = sections.order_by().values_list("section__code", flat=True).distinct()
        for code in codes:
            found[f"section-{code}"] = _newest(SectionPage, Q(section__code=code))
        known = {name: url for name, url in found.items() if url}
        for name, url in sorted(known.items()):
            self.say(f"{name:32} {url}")
        return dict(sorted(known.items()))


def _newest(model: type[BasePage], condition: Q) -> str:
    """A live page of a type: with a picture if there is one, of a high level, the newest."""
    pages = model.objects.filter(condition, live=True, depth__gte=2)
    page = pages.order_by(F("image").asc(nulls_last=True), "unit__path", "-public_at").first()
    return (page.get_full_url() or "") if page else ""
