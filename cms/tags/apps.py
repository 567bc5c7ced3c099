from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "cms.tags"
    label = "tags"
    verbose_name = "Tags"

    def ready(self) -> None:
        """Listen to every change of what pages of tags show."""
        from . import signals

        signals.connect()
