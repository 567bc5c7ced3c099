from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sites.people"
    label = "people"
    verbose_name = "People"
