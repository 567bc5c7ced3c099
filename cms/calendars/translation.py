from modeltranslation.translator import TranslationOptions, register

from .models import EventPage


@register(EventPage)
class EventPageTranslation(TranslationOptions):
    fields = ("place", "chair", "participants", "preparing", "body")
    required_languages = ()
