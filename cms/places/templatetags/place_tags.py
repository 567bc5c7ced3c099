"""Dates of festivals in templates."""

from __future__ import annotations

from django import template

from cms.calendars.wording import short_day

register = template.Library()
register.filter("plain_day", short_day)
