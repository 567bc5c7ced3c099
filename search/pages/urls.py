"""Mounted by cms/public_urls.py at the root, `api/v1/` and `tim-kiem/`."""

from __future__ import annotations

from django.urls import path

from . import api, views

root_patterns = [path("opensearch.xml", views.opensearch, name="opensearch")]
api_patterns = [
    path("search", api.search_api, name="api_search"),
    path("search/click", api.click, name="api_click"),
    path("suggest", api.suggest_api, name="api_suggest"),
    path("openapi.json", api.openapi, name="api_description"),
]
page_patterns = [
    path("", views.search_page, name="search"),
    path("giao-dien-lap-trinh/", views.api_page, name="search_api_page"),
]
