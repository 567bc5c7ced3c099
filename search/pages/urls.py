"""Mounted by cms/public_urls.py at `api/v1/` and `tim-kiem/`."""

from __future__ import annotations

from django.urls import path

from . import api, views

api_patterns = [path("search", api.search_api, name="api_search")]
page_patterns = [path("", views.search_page, name="search")]
