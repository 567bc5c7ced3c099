"""The forms of the office's entries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from sites.hosts.pages import get_page_model
from sites.people.models import Role
from sites.people.roles import units_with_role
from sites.people.viewsets import UnitByCodeField
from sites.units.models import AdministrativeUnit

from .addresses import public_page_at
from .entries import check_promotion, check_synonym
from .models import Promotion, Synonym


class UnitOrEverywhereField(UnitByCodeField):
    """A unit by its code; empty for the whole installation."""

    def clean(self, value: Any) -> AdministrativeUnit | None:  # type: ignore[override]
        """The unit, or None. Raises ValidationError."""
        return super().clean(value) if value else None


class OwnedForm(WagtailAdminModelForm):
    """An entry that belongs to a unit: portal administrators choose among their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is None or user.is_superuser:
            self.fields["unit"] = UnitOrEverywhereField(
                label=_("Code of the administrative unit"),
                max_length=5,
                required=False,
                help_text=_("Holds for this unit and all below it. Empty: the whole installation."),
            )
            return
        own = AdministrativeUnit.objects.filter(pk__in=units_with_role(user, Role.ADMINISTRATOR))
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Administrative unit"),
            queryset=own,
            initial=own.first(),
            empty_label=None,
            help_text=_("Holds for this unit and all below it."),
        )


class SynonymForm(OwnedForm):
    """A pair of words."""

    def clean(self) -> dict[str, Any]:
        """Refuse bad entries with the reason."""
        values = super().clean()
        if not self.errors:
            pk = self.instance.pk
            names = ("unit", "short", "long", "way")
            check_synonym(Synonym(pk=pk, **{name: values[name] for name in names}))
        return values

    class Meta:
        model = Synonym
        fields = ["unit", "short", "long", "way"]


class PageByAddressField(forms.CharField):
    """A public page, pasted as its address: choosers show drafts and know only one's own pages."""

    def prepare_value(self, value: Any) -> Any:
        """Show the address of a stored page."""
        if not isinstance(value, int):
            return value
        page = get_page_model().objects.filter(pk=value).first()
        return page.full_url if page else ""

    def clean(self, value: Any) -> Any:
        """The page. Raises ValidationError."""
        page = public_page_at(super().clean(value))
        if page is None:
            message = _(
                "Search finds no page of this portal at this address. Choose an article, a "
                "document, a procedure or the like; not a section, a home page or a draft."
            )
            raise ValidationError(message)
        return page


class PromotionForm(OwnedForm):
    """Queries and the page above their results."""

    page = PageByAddressField(
        label=_("Address of the page"),
        max_length=500,
        help_text=_("Open the page as readers see it and copy the address from the browser."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse entries that could never be shown."""
        values = super().clean()
        if not self.errors:
            names = ("queries", "starts_at", "ends_at")
            check_promotion(Promotion(**{name: values.get(name) for name in names}))
        return values

    class Meta:
        model = Promotion
        fields = ["unit", "queries", "page", "starts_at", "ends_at"]
        widgets = {
            "queries": forms.Textarea(attrs={"rows": 4}),
            "starts_at": AdminDateTimeInput(),
            "ends_at": AdminDateTimeInput(),
        }
