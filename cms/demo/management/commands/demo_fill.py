"""`manage.py demo_fill`: the demonstration province, if the database holds no articles yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.fill import FillDemonstrationAction


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration province."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, or say that it was done before."""
        if not settings.DEMO:
            raise CommandError(
                "The demonstration brings accounts with a public password; it is only made with "
                "LIENCAP_ENV=demo."
            )
        say = self.stderr.write
        if FillDemonstrationAction(say=say).execute():
            say("Dữ liệu minh họa đã sẵn sàng.")
        else:
            say("Dữ liệu minh họa đã có từ trước.")
