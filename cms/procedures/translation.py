from modeltranslation.translator import TranslationOptions, register

from .models import ProcedureFee, ProcedurePage, ProcedurePaper


@register(ProcedurePage)
class ProcedurePageTranslation(TranslationOptions):
    fields = ("body", "who", "time_note", "place", "hours", "result")
    required_languages = ()


@register(ProcedurePaper)
class ProcedurePaperTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi",)


@register(ProcedureFee)
class ProcedureFeeTranslation(TranslationOptions):
    fields = ("name", "note")
    required_languages = ()
