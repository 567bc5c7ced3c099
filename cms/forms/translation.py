from modeltranslation.translator import TranslationOptions, register

from .models import FormField, FormPage


@register(FormPage)
class FormPageTranslation(TranslationOptions):
    fields = ("consent", "thanks", "body")
    required_languages = {"vi": ("consent",), "default": ()}


@register(FormField)
class FormFieldTranslation(TranslationOptions):
    fields = ("label", "help_text", "choices")
    required_languages = {"vi": ("label",), "default": ()}
