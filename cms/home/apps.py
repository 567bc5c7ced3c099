from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "cms.home"
    label = "home"
    verbose_name = "Home pages"

    def ready(self) -> None:
        """Listen to what changes the look of a site."""
        from .signals import connect

        connect()
