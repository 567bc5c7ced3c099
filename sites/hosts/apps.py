from django.apps import AppConfig


class HostsConfig(AppConfig):
    name = "sites.hosts"
    label = "hosts"
    verbose_name = "Hosts"

    def ready(self) -> None:
        from .signals import connect

        connect()
