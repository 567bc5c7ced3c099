from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "sites.units"
    label = "units"
    verbose_name = "Administrative units"
