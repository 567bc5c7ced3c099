"""Fields of blueprints that exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from .models import Section


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = ("vi",)
