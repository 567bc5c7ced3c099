from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "search.office"
    label = "search_office"
    verbose_name = "Search office"

    def ready(self) -> None:
        """Tell other processes of changes."""
        from .signals import connect

        connect()
