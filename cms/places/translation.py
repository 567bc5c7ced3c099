from modeltranslation.translator import TranslationOptions, register

from .models import PlacePage


@register(PlacePage)
class PlacePageTranslation(TranslationOptions):
    fields = ("address", "opening", "admission", "recognised_by", "body")
    required_languages = ()
