from modeltranslation.translator import TranslationOptions, register

from .models import ContactPage


@register(ContactPage)
class ContactPageTranslation(TranslationOptions):
    fields = ("position", "hours", "address", "body")
    required_languages = ()
