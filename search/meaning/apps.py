from django.apps import AppConfig


class MeaningConfig(AppConfig):
    name = "search.meaning"
    label = "search_meaning"
    verbose_name = "Search by meaning"

    def ready(self) -> None:
        """Listen to what is written into the read model."""
        from search.index.changes import documents_changed

        from .work import documents_written

        documents_changed.connect(documents_written, dispatch_uid="meaning-documents")
