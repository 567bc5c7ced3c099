from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "cms.listings"
    label = "listings"
    verbose_name = "Lists"

    def ready(self) -> None:
        """Listen to every change of what lists show."""
        from . import signals

        signals.connect()
