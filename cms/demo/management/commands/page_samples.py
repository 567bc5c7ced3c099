"""`manage.py page_samples [--json]`: one public page of each type, for screenshots and checks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q
from wagtail.models import get_page_models

from cms.basepage.models import BasePage
from cms.commands import JsonCommand
from cms.home.models import SiteHomePage
from cms.listings.keeping import own_token
from cms.sections.models import SectionPage
from cms.tags.models import TaggedEntry
from sites.units.models import Tier


class Command(JsonCommand):
    help = "List the address of one public page of each type."

    def run(self, **options: Any) -> dict[str, object]:
        """Types by name, home pages by tier, a tag; a type without a public page is left out."""
        found = {f"home-{tier}": _newest(SiteHomePage, Q(unit__tier=tier)) for tier in Tier}
        for model in get_page_models():
            if model not in (BasePage, SiteHomePage, SectionPage):
                found[model.type_name()] = _newest(model, Q(listed=True))
        sections = SectionPage.objects.filter(live=True, section__isnull=False)
        codes = sections.order_by().values_list("section__code", flat=True).distinct()
        for code in codes:
            found[f"section-{code}"] = _newest(SectionPage, Q(section__code=code))
        found["tag"] = _busiest_tag()
        known = {name: url for name, url in found.items() if url}
        for name, url in sorted(known.items()):
            self.say(f"{name:32} {url}")
        return dict(sorted(known.items()))


def _busiest_tag() -> str:
    """The tag that a site of the highest level shows most of."""
    home = SiteHomePage.objects.filter(live=True).order_by("unit__path").first()
    if home is None or home.unit is None:
        return ""
    entries = TaggedEntry.objects.filter(token=own_token(home.unit.pk))
    counts = entries.order_by().values("tag__slug").annotate(count=Count("pk")).order_by("-count")
    busiest = counts.first()
    return f"{home.get_full_url()}the/{busiest['tag__slug']}/" if busiest else ""


def _newest(model: type[BasePage], condition: Q) -> str:
    """A live page of a type: with a picture if there is one, of a high level, the newest."""
    pages = model.objects.filter(condition, live=True, depth__gte=2)
    page = pages.order_by(F("image").asc(nulls_last=True), "unit__path", "-public_at").first()
    return (page.get_full_url() or "") if page else ""
