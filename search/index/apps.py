from django.apps import AppConfig


class IndexConfig(AppConfig):
    name = "search.index"
    label = "search_index"
    verbose_name = "Search index"

    def ready(self) -> None:
        """Listen to every change that readers may search for."""
        from . import signals

        signals.connect()
