from modeltranslation.translator import TranslationOptions, register

from .models import ArticlePage


@register(ArticlePage)
class ArticlePageTranslation(TranslationOptions):
    fields = ("body",)
    required_languages = ()
