from modeltranslation.translator import TranslationOptions, register

from .models import NoticePage


@register(NoticePage)
class NoticePageTranslation(TranslationOptions):
    fields = ("body", "place", "contact")
    required_languages = ()
