from modeltranslation.translator import TranslationOptions, register

from .models import StatisticsPage


@register(StatisticsPage)
class StatisticsPageTranslation(TranslationOptions):
    fields = ("tables", "body")
    required_languages = ()
