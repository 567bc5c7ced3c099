"""Wagtail's list of forms, kept to what one's own units have."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.contrib.forms.utils import get_forms_for_user
from wagtail.contrib.forms.views import FormPagesListView

from cms.basepage.models import BasePage
from cms.editing.viewsets import UnitPageFilterSet


class OwnFormsView(FormPagesListView):
    """Without the filters that name people and sites of every unit."""

    filterset_class = UnitPageFilterSet

    def get_base_queryset(self) -> QuerySet:
        """The forms by key: the search of the admin cannot filter by unit."""
        own = get_forms_for_user(self.request.user).order_by().values_list("pk", flat=True)
        pages = BasePage.objects.filter(pk__in=list(own)).select_related("content_type")
        found: QuerySet = self.annotate_queryset(pages)
        return found


@hooks.register("register_admin_urls", order=-1)
def own_list_of_forms() -> list[URLPattern]:
    """Stand before Wagtail's addresses of the same list."""
    return [
        path("forms/", OwnFormsView.as_view()),
        path("forms/results/", OwnFormsView.as_view(results_only=True)),
    ]
