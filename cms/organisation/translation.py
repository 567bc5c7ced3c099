from modeltranslation.translator import TranslationOptions, register

from .models import OfficePage, OfficialPage


@register(OfficePage)
class OfficePageTranslation(TranslationOptions):
    fields = ("address", "hours", "body")
    required_languages = ()


@register(OfficialPage)
class OfficialPageTranslation(TranslationOptions):
    fields = ("position", "duties", "reception", "body")
    required_languages = {"vi": ("position",), "default": ()}
