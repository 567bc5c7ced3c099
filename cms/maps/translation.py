from modeltranslation.translator import TranslationOptions, register

from .models import MapPage


@register(MapPage)
class MapPageTranslation(TranslationOptions):
    fields = ("description", "body")
    required_languages = {"vi": ("description",), "default": ()}
