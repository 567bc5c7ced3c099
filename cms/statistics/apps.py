from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "cms.statistics"
    label = "statistics"
    verbose_name = "Statistics"
