from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "cms.procedures"
    label = "procedures"
    verbose_name = "Administrative procedures"

    def ready(self) -> None:
        """Say what lists know of procedures."""
        from django.db.models import F

        from cms.listings import kinds

        from .models import ProcedurePage

        kinds.register(ProcedurePage, kind=F("level"), field=F("field__code"))
