from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "search.pages"
    label = "search_pages"
    verbose_name = "Search pages"
