from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "sites.distribution"
    label = "distribution"
    verbose_name = "Distribution"

    def ready(self) -> None:
        from .signals import connect

        connect()
