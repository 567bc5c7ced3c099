"""Sections, blueprints and mappings as data of the portal office (superusers)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Blueprint, BlueprintSection, Section, SectionMapping


class SectionViewSet(ModelViewSet):
    """The headings that every site shares."""

    model = Section
    icon = "folder-open-1"
    form_fields = [
        "code",
        "name_vi",
        "name_en",
        "description_vi",
        "description_en",
        "page_types",
        "order",
    ]
    list_display = ["name_vi", "code", "order"]
    search_fields = ["name_vi", "code"]
    inspect_view_enabled = False


class BlueprintViewSet(ModelViewSet):
    """The plans from which sites are made."""

    model = Blueprint
    icon = "site"
    form_fields = ["name", "tier", "theme", "is_default"]
    list_display = ["name", "tier", "is_default"]
    inspect_view_enabled = False


class BlueprintSectionViewSet(ModelViewSet):
    """Which sections a blueprint has, and which of them the law wants."""

    model = BlueprintSection
    icon = "list-ul"
    menu_label = _("Sections of blueprints")
    form_fields = ["blueprint", "section", "order", "in_menu", "on_home", "legal_basis"]
    list_display = ["section", "blueprint", "in_menu", "on_home", "legal_basis"]
    list_filter = ["blueprint"]
    inspect_view_enabled = False


class SectionMappingViewSet(ModelViewSet):
    """Where a site files what comes from a section that it does not have."""

    model = SectionMapping
    icon = "redirect"
    form_fields = ["tier", "source", "target"]
    list_display = ["source", "target", "tier"]
    list_filter = ["tier"]
    inspect_view_enabled = False


class BlueprintGroup(ViewSetGroup):
    """One entry of the menu for all of it."""

    menu_label = _("Site blueprints")
    menu_icon = "site"
    menu_order = 610
    items = (
        BlueprintViewSet("blueprints"),
        BlueprintSectionViewSet("blueprint-sections"),
        SectionViewSet("sections"),
        SectionMappingViewSet("section-mappings"),
    )


@hooks.register("register_admin_viewset")
def blueprints() -> BlueprintGroup:
    """Only superusers hold the permissions of these models."""
    return BlueprintGroup()
