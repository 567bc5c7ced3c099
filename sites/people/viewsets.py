"""Who has which role where, for the portal office (superusers)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet

from sites.units.models import AdministrativeUnit

from .models import Membership


class UnitByCodeField(forms.CharField):
    """An administrative unit, typed as its official code: a list of 14,000 helps nobody."""

    def prepare_value(self, value: Any) -> Any:
        """Show the code of a stored unit."""
        if isinstance(value, int):
            return AdministrativeUnit.objects.get(pk=value).code
        return value

    def clean(self, value: Any) -> AdministrativeUnit:
        """The unit that carries the code now. Raises ValidationError."""
        code = super().clean(value)
        try:
            return AdministrativeUnit.objects.with_code(code)
        except AdministrativeUnit.DoesNotExist as error:
            message = _("There is no administrative unit with the code %(code)s.")
            raise forms.ValidationError(message % {"code": code}) from error


class MembershipForm(WagtailAdminModelForm):
    """One person's role for one unit."""

    unit = UnitByCodeField(
        label=_("Code of the administrative unit"),
        max_length=5,
        help_text=_("For example 30 for Hai Duong province, 294 for Thanh Ha district."),
    )

    class Meta:
        model = Membership
        fields = ["user", "unit", "role"]


class MembershipViewSet(ModelViewSet):
    """List, add, change and remove memberships; only superusers have the permission."""

    model = Membership
    icon = "group"
    menu_label = _("Roles")
    add_to_admin_menu = True
    menu_order = 600
    list_display = ["user", "unit", "role"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__last_name", "unit__name"]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[MembershipForm]:
        """The unit by its code."""
        return MembershipForm
