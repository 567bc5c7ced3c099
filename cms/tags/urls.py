"""Mounted by cms/public_urls.py in every language."""

from __future__ import annotations

from django.urls import path

from cms.discovery.feeds import WRITERS

from . import views

page_patterns = [
    path("the/<slug:slug>/", views.tag_page, name="tag"),
    *(path(f"the/<slug:slug>/{name}", views.feed_view(name)) for name in WRITERS),
]
