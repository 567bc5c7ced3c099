"""What exists on a unit's host; the editors' side is not here."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.static import serve as serve_file
from wagtail import views as wagtail_views
from wagtail.documents import urls as document_urls

from cms.discovery import urls as discovery_urls
from cms.tags import urls as tag_urls
from search.pages import urls as search_urls
from search.pages.openness import open_to_all
from sites.units import api
from themes.chooser import choose_unit
from themes.styles import views as style_views

# As Wagtail's own pattern, with the tilde of received items (sites/distribution/receiving.py) and
# the files of a section (cms/sections/routes.py).
PAGE_PATTERN = r"^((?:[\w\-~]+/)*(?:[\w\-]+\.[a-z]{3,4})?)$"

urlpatterns = [
    *discovery_urls.root_patterns,
    *style_views.urlpatterns,
    *search_urls.root_patterns,
    path("api/v1/units", open_to_all(api.units), name="api_units"),
    path("api/v1/", include(search_urls.api_patterns)),
    path("documents/", include(document_urls)),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
]
if not settings.PRODUCTION and not settings.MEDIA.startswith("s3://"):
    urlpatterns.append(
        re_path(
            r"^media/(?P<path>.*)$",
            cache_control(public=True, max_age=86_400)(serve_file),
            {"document_root": settings.MEDIA},
        )
    )

urlpatterns += i18n_patterns(
    path("tim-kiem/", include(search_urls.page_patterns)),
    *discovery_urls.page_patterns,
    *tag_urls.page_patterns,
    path("chon-don-vi/", choose_unit, name="choose_unit"),
    re_path(PAGE_PATTERN, wagtail_views.serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler404 = "themes.errors.not_found"
handler500 = "themes.errors.server_error"
