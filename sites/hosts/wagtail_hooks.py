"""Further hosts of sites, for the portal office (superusers)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site

from .models import HostAlias


class SiteByHostField(forms.CharField):
    """A site, typed as its own host: a list of 10,800 helps nobody."""

    def prepare_value(self, value: Any) -> Any:
        """Show the host of a stored site."""
        return Site.objects.get(pk=value).hostname if isinstance(value, int) else value

    def clean(self, value: Any) -> Site:
        """The site that answers on the host. Raises ValidationError."""
        host = super().clean(value).lower()
        site = Site.objects.filter(hostname=host).first()
        if site is None:
            raise forms.ValidationError(_("No site answers on this host."))
        return site


class HostAliasForm(WagtailAdminModelForm):
    """A further host and the site it leads to."""

    site = SiteByHostField(label=_("Own host of the site"), max_length=255)

    class Meta:
        model = HostAlias
        fields = ["hostname", "site"]


class HostAliasViewSet(ModelViewSet):
    """Further hosts redirect to the site's own host."""

    model = HostAlias
    icon = "globe"
    add_to_admin_menu = True
    menu_order = 620
    list_display = ["hostname", "site"]
    search_fields = ["hostname"]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[HostAliasForm]:
        """The site by its host."""
        return HostAliasForm


@hooks.register("register_admin_viewset")
def further_hosts() -> HostAliasViewSet:
    """Only superusers hold the permissions of this model."""
    return HostAliasViewSet("further-hosts")
