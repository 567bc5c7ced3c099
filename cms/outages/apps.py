from django.apps import AppConfig


class OutagesConfig(AppConfig):
    name = "cms.outages"
    label = "outages"
    verbose_name = "Planned outages"
