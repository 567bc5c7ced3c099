from modeltranslation.translator import TranslationOptions, register

from .models import GalleryPage


@register(GalleryPage)
class GalleryPageTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = ()
