from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def fill(**kwargs: Any) -> None:
    """Ship the vocabularies with the tables."""
    from .loading import load_vocabularies

    load_vocabularies()


class VocabulariesConfig(AppConfig):
    name = "cms.vocabularies"
    label = "vocabularies"
    verbose_name = "Vocabularies"

    def ready(self) -> None:
        """Fill the tables after they are made; forget cached names when they change."""
        from .lookup import connect

        post_migrate.connect(fill, sender=self, dispatch_uid="vocabularies-fill")
        connect()
