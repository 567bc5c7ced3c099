from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def fill(**kwargs: Any) -> None:
    """Ship the groups with the tables."""
    from .loading import load_groups

    load_groups()


class DisclosureConfig(AppConfig):
    name = "cms.disclosure"
    label = "disclosure"
    verbose_name = "Disclosure"

    def ready(self) -> None:
        """Fill the table after it is made; say what lists know of disclosed items."""
        from django.db.models import F, Q

        from cms.discovery import hidden
        from cms.listings import kinds

        from .models import DisclosurePage

        post_migrate.connect(fill, sender=self, dispatch_uid="disclosure-fill")
        kinds.register(DisclosurePage, kind=F("group__code"))
        hidden.register(DisclosurePage, Q(group__is_personal=True))
