"""Fields of every page that exist once per language. `title` is Vietnamese and is not among them."""

from modeltranslation.translator import TranslationOptions, register

from .models import BasePage


@register(BasePage)
class BasePageTranslation(TranslationOptions):
    fields = ("headline", "summary")
