"""Vocabularies as data of the portal office (superusers)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import DocumentKind, Field, Issuer


class TermViewSet(ModelViewSet):
    """One vocabulary. A code is given once; addresses and lists hold it."""

    icon = "list-ul"
    search_fields = ["name_vi", "code"]
    inspect_view_enabled = False
    copy_view_enabled = False
    list_display = ["name_vi", "name_en", "code", "order"]
    exclude_form_fields = ["name"]

    def get_edit_form_fields(self) -> Any:
        """Everything but the code."""
        return [name for name in self.form_fields if name != "code"]


class FieldViewSet(TermViewSet):
    """Fields of administration."""

    model = Field
    form_fields = ["code", "name_vi", "name_en", "order"]


class DocumentKindViewSet(TermViewSet):
    """Kinds of documents."""

    model = DocumentKind
    form_fields = ["code", "name_vi", "name_en", "abbreviation", "group", "order"]
    list_filter = ["group"]


class IssuerViewSet(TermViewSet):
    """Issuing bodies."""

    model = Issuer
    form_fields = ["code", "name_vi", "name_en", "abbreviation", "is_local", "order"]
    list_filter = ["is_local"]


class VocabularyGroup(ViewSetGroup):
    """One entry of the menu for all of them."""

    menu_label = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order = 620
    items = (
        FieldViewSet("fields"),
        DocumentKindViewSet("document-kinds"),
        IssuerViewSet("issuers"),
    )


@hooks.register("register_admin_viewset")
def vocabularies() -> VocabularyGroup:
    """Only superusers hold the permissions of these models."""
    return VocabularyGroup()
