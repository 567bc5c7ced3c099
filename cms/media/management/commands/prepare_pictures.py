"""`manage.py prepare_pictures`: after an upgrade that brought new sizes or formats."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cms.commands import JsonCommand
from cms.home.models import SiteHomePage
from cms.home.tasks import prepare_look
from cms.media.models import PortalImage
from cms.media.tasks import prepare_picture


class Command(JsonCommand):
    help = "Let the worker make the sizes that stored pictures lack."

    def run(self, **options: Any) -> dict[str, object]:
        """Order one task per picture and look; sizes that exist are not made again."""
        count = 0
        for pk in PortalImage.objects.order_by("-pk").values_list("pk", flat=True).iterator():
            prepare_picture.enqueue(pk)
            count += 1
        dressed = SiteHomePage.objects.filter(Q(logo__isnull=False) | Q(banner__isnull=False))
        for pk in dressed.values_list("pk", flat=True):
            prepare_look.enqueue(pk)
        self.say(f"{count} pictures were handed to the worker.")
        return {"pictures": count}
