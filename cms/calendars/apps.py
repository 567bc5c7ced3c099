from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "cms.calendars"
    label = "calendars"
    verbose_name = "Calendars"
