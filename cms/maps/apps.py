from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "cms.maps"
    label = "maps"
    verbose_name = "Maps"
