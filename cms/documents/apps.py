from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = "Legal and administrative documents"

    def ready(self) -> None:
        """Say what lists know of documents; follow their relations."""
        from . import signals

        signals.connect()
