"""Fields of every page that exist once per language. `title`, always Vietnamese, is not one."""

from modeltranslation.translator import TranslationOptions, register

from .models import BasePage


@register(BasePage)
class BasePageTranslation(TranslationOptions):
    fields = ("headline", "summary")
