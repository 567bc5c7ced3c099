"""Dates in the editors' forms are typed and shown as in Viet Nam."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.utils import translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["03/02/2026", "3/2/2026", "3-2-2026", "2026-02-03"])
def test_the_day_stands_before_the_month(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == datetime.date(2026, 2, 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_forms_show_what_they_accept(language: str) -> None:
    with translation.override(language):
        shown = AdminDateInput().format_value(datetime.date(2026, 2, 3))
        assert shown == "03/02/2026"
        assert forms.DateField().clean(shown) == datetime.date(2026, 2, 3)
        moment = datetime.datetime(2026, 2, 3, 7, 30)
        shown = AdminDateTimeInput().format_value(moment)
        assert shown == "03/02/2026 07:30"
        assert forms.DateTimeField().clean(shown).replace(tzinfo=None) == moment
