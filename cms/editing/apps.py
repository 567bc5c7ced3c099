from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "cms.editing"
    label = "editing"
    verbose_name = "Editing"
