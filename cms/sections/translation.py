from modeltranslation.translator import TranslationOptions, register

from .models import SectionPage


@register(SectionPage)
class SectionPageTranslation(TranslationOptions):
    fields = ("intro",)
