from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "search.files"
    label = "search_files"
    verbose_name = "Text of files"

    def ready(self) -> None:
        """Listen to changes of files."""
        from . import signals

        signals.connect()
