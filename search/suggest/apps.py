from django.apps import AppConfig


class SuggestConfig(AppConfig):
    name = "search.suggest"
    label = "search_suggest"
    verbose_name = "Search suggestions"

    def ready(self) -> None:
        """Follow documents and hosts."""
        from .signals import connect

        connect()
