from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "sites.blueprints"
    label = "blueprints"
    verbose_name = "Site blueprints"
