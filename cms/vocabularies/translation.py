from modeltranslation.translator import TranslationOptions, register

from .models import DocumentKind, Field, Issuer


@register([Field, DocumentKind, Issuer])
class TermTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi",)
