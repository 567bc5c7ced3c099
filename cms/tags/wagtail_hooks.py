"""Tags as data of the portal office: their spelling, and taking away what should not be one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Tag, slug_of


class TagForm(WagtailAdminModelForm):
    """The name; a tag keeps its address, whatever it is called later."""

    def clean_name(self) -> str:
        """One tag for names that differ only in accents or case."""
        name: str = self.cleaned_data["name"]
        twin = Tag.objects.filter(slug=slug_of(name)).exclude(pk=self.instance.pk).first()
        if twin:
            self.add_error("name", _("There is such a tag already: “%(tag)s”.") % {"tag": twin})
        return name

    class Meta:
        model = Tag
        fields = ["name"]


class TagViewSet(ModelViewSet):
    """All tags of the portal."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 640
    add_to_admin_menu = True
    search_fields = ["name", "slug"]
    list_display = ["name", "slug"]
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        """Checked for twins."""
        return TagForm


@hooks.register("register_admin_viewset")
def tags() -> TagViewSet:
    """Only superusers hold the permissions of this model."""
    return TagViewSet("tags")
