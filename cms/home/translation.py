from modeltranslation.translator import TranslationOptions, register

from .models import SiteHomePage


@register(SiteHomePage)
class SiteHomePageTranslation(TranslationOptions):
    fields = ("welcome", "authority", "responsible", "address")
