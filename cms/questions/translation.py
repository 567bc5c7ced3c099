from modeltranslation.translator import TranslationOptions, register

from .models import QuestionPage


@register(QuestionPage)
class QuestionPageTranslation(TranslationOptions):
    fields = ("body", "question", "answered_by")
    required_languages = ()
