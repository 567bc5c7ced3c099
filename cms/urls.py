"""What exists on the editors' host: the admin, and the public addresses for previews."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as admin_urls

from themes import patterns

from . import public_urls
from .editing.reports import report_urls
from .tags.completing import completing_urls

urlpatterns = [
    *public_urls.urlpatterns[:-1],
    *report_urls(),
    *completing_urls(),
    *patterns.urlpatterns,
    path("", include(admin_urls)),
    public_urls.urlpatterns[-1],
]

handler404 = "themes.errors.not_found"
handler500 = "themes.errors.server_error"
