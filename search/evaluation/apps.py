from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "search.evaluation"
    label = "search_evaluation"
    verbose_name = "Search evaluation"
