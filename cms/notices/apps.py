from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "cms.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        """Say what lists know of notices: `ends_on` is the first day after the deadline."""
        import datetime

        from django.db.models import DateField, ExpressionWrapper, F
        from django.db.models.functions import TruncDate
        from django.utils import timezone

        from cms.listings import kinds

        from .models import NoticePage

        last_day = TruncDate("deadline", tzinfo=timezone.get_default_timezone())
        after = ExpressionWrapper(last_day + datetime.timedelta(days=1), output_field=DateField())
        kinds.register(NoticePage, kind=F("kind"), ends_on=after)
