from django.apps import AppConfig


class MeaningConfig(AppConfig):
    name = "search.meaning"
    label = "search_meaning"
    verbose_name = "Search by meaning"
