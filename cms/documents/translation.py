from modeltranslation.translator import TranslationOptions, register

from .models import DocumentPage


@register(DocumentPage)
class DocumentPageTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = ()
