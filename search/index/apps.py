from django.apps import AppConfig


class IndexConfig(AppConfig):
    name = "search.index"
    label = "search_index"
    verbose_name = "Search index"
