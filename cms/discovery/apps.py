from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "cms.discovery"
    label = "discovery"
    verbose_name = "Discovery"

    def ready(self) -> None:
        from cms.sections.routes import register

        from . import feeds, signals

        for component, view in feeds.SECTION_VIEWS.items():
            register(component, view)
        signals.connect()
