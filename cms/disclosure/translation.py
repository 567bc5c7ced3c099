from modeltranslation.translator import TranslationOptions, register

from .models import DisclosureGroup, DisclosurePage


@register(DisclosurePage)
class DisclosurePageTranslation(TranslationOptions):
    fields = ("body", "place")
    required_languages = ()


@register(DisclosureGroup)
class DisclosureGroupTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi",)
