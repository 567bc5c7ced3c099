"""The screen on which portal administrators announce planned outages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.permissions import register_permission_policy

from sites.people.models import Role
from sites.people.owned import OwnedViewSet
from sites.people.roles import units_with_role
from sites.people.viewsets import UnitByCodeField
from sites.units.models import AdministrativeUnit

from .actions import AnnounceOutageAction
from .models import PlannedOutage
from .policies import OutagePolicy

register_permission_policy(PlannedOutage, OutagePolicy(PlannedOutage))


class OutageForm(WagtailAdminModelForm):
    """An announcement; checked by the same action that stores it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is None or user.is_superuser:
            label = _("Code of the administrative unit")
            self.fields["unit"] = UnitByCodeField(label=label, max_length=5)
            return
        own = AdministrativeUnit.objects.filter(pk__in=units_with_role(user, Role.ADMINISTRATOR))
        self.fields["unit"].queryset = own
        self.fields["unit"].initial = own.first()
        self.fields["unit"].empty_label = None

    def _post_clean(self) -> None:
        """Ask the action once the instance has the form's values."""
        super()._post_clean()
        if self.errors:
            return
        try:
            AnnounceOutageAction(self.instance, self.for_user).check()
        except PermissionDenied as error:
            self.add_error("unit", str(error))
        except ValidationError as error:
            self.add_error(None, error)

    def save(self, commit: bool = True) -> PlannedOutage:
        """Announce."""
        return AnnounceOutageAction(self.instance, self.for_user).execute()

    class Meta:
        model = PlannedOutage
        fields = [
            "unit", "covers_below", "starts_at", "ends_at", "reason_vi", "reason_en", "contact",
            "is_sudden", "sudden_reason",
        ]  # fmt: skip
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}


class OutageViewSet(OwnedViewSet):
    """Planned outages of the person's own units."""

    model = PlannedOutage
    icon = "warning"
    menu_label = _("Planned outages")
    menu_order = 630
    add_to_admin_menu = True
    ordering = ["-starts_at"]
    list_display = [
        TitleColumn("unit", label=_("Administrative unit"), url_name="planned_outages:edit"),
        DateColumn("starts_at", label=_("From")),
        DateColumn("ends_at", label=_("Expected back")),
        Column("reason", label=_("Reason")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[OutageForm]:
        """Checked by the action."""
        return OutageForm


@hooks.register("register_admin_viewset")
def planned_outages() -> OutageViewSet:
    """For portal administrators."""
    return OutageViewSet("planned_outages", url_prefix="outages")
