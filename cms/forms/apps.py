from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "cms.forms"
    label = "forms"
    verbose_name = "Forms"
