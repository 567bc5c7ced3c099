"""Mounted by cms/public_urls.py: files at the root of the host, and what every language has."""

from __future__ import annotations

from django.urls import path, re_path

from . import feeds, sitemaps, views

root_patterns = [
    path("robots.txt", views.robots),
    path("humans.txt", views.humans),
    path(".well-known/security.txt", views.security),
    path("sitemap.xml", sitemaps.index),
    re_path(r"^sitemap-(?P<number>[1-9]\d{0,5})\.xml$", sitemaps.file),
    re_path(
        r"^anh-chia-se/(?P<page_id>\d{1,18})-(?P<language>[a-z-]{2,10})-(?P<digest>[0-9a-f]{12})\.png$",
        views.picture,
        name="shared_picture",
    ),
]
page_patterns = [
    path("so-do/", views.tree, name="site_tree"),
    *(path(name, feeds.site_view(name), name=f"feed_{name}") for name in feeds.WRITERS),
]
