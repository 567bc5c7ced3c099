from modeltranslation.translator import TranslationOptions, register

from .models import PlannedOutage


@register(PlannedOutage)
class PlannedOutageTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = ("vi",)
