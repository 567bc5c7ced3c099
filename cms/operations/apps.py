from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "cms.operations"
    label = "operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from . import purging

        purging.connect()
