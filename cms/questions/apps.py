from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "cms.questions"
    label = "questions"
    verbose_name = "Questions and answers"

    def ready(self) -> None:
        """Say what lists know of questions."""
        from django.db.models import F

        from cms.listings import kinds

        from .models import QuestionPage

        kinds.register(QuestionPage, field=F("field__code"))
