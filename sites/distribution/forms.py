"""The forms of the distribution screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser

from sites.hosts.pages import get_page_model
from sites.units.models import AdministrativeUnit, Tier

from .models import Distribution, Policy, RecallReason

POLICY_HELP = {
    Policy.MANDATORY: _("Appears on every receiving site at once and cannot be hidden there."),
    Policy.RECOMMENDED: _("Appears on every receiving site at once; a site may hide it."),
    Policy.LIBRARY: _("Appears on a site only after its editors have accepted it."),
}
EVERYONE, SOME = "below", "some"


class PushForm(forms.Form):
    """Whom a page is pushed to, how, and for how long."""

    scope = forms.ChoiceField(label=_("Receivers"), widget=forms.RadioSelect)
    units = forms.CharField(required=False, widget=forms.HiddenInput)
    policy = forms.ChoiceField(
        label=_("Policy"),
        choices=Policy.choices,
        initial=Policy.RECOMMENDED,
        widget=forms.RadioSelect,
    )
    starts_at = forms.DateTimeField(
        label=_("Show from"),
        required=False,
        widget=AdminDateTimeInput(),
        help_text=_("Empty: at once."),
    )
    ends_at = forms.DateTimeField(
        label=_("Show until"),
        required=False,
        widget=AdminDateTimeInput(),
        help_text=_("Empty: until it is recalled."),
    )
    reason = forms.CharField(
        label=_("Why the units receive it"),
        required=False,
        max_length=300,
        help_text=_("Editors of the receiving units read this."),
    )

    def __init__(self, *args: Any, unit: AdministrativeUnit, tiers: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit = unit
        choices: list[tuple[str, Any]] = [(EVERYONE, _("Everyone below us"))]
        if len(tiers) > 1:
            choices += [(tier, Tier(tier).label) for tier in tiers]
        choices.append((SOME, _("Some units, chosen from the list")))
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]

    def audience(self) -> list[str]:
        """The chosen receivers as audience tokens."""
        scope = self.cleaned_data["scope"]
        if scope == EVERYONE:
            return [f"under:{self.unit.code}"]
        if scope in Tier.values:
            return [f"under:{self.unit.code}:{scope}"]
        return [token for token in self.cleaned_data["units"].split() if token]

    def clean(self) -> dict[str, Any]:
        """“Some units” needs at least one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("scope") == SOME and not cleaned.get("units"):
            raise ValidationError({"scope": _("Choose at least one unit in the list.")})
        return cleaned


def initial_from(distribution: Distribution | None, unit: AdministrativeUnit) -> dict[str, Any]:
    """The form's values for what already stands, so that a change starts from it."""
    if distribution is None:
        return {"scope": EVERYONE}
    audience = distribution.audience
    scope = SOME
    if audience == [f"under:{unit.code}"]:
        scope = EVERYONE
    elif len(audience) == 1 and audience[0].startswith(f"under:{unit.code}:"):
        scope = audience[0].rsplit(":", 1)[1]
    return {
        "scope": scope,
        "units": " ".join(audience) if scope == SOME else "",
        "policy": distribution.policy,
        "starts_at": distribution.starts_at,
        "ends_at": distribution.ends_at,
        "reason": distribution.reason,
    }


class RecallForm(forms.Form):
    """Why an item is taken back, and what stands in its place."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=RecallReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Explanation for readers"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown at the item's address on the sites that had it."),
    )
    replacement: Any = forms.ModelChoiceField(
        label=_("Page that replaces it"),
        required=False,
        queryset=None,
        help_text=_("Readers who open the old address are led to it."),
    )

    def __init__(self, *args: Any, unit: AdministrativeUnit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        pages = get_page_model().objects.filter(unit=unit, live=True)
        field: Any = self.fields["replacement"]
        field.queryset = pages
        field.widget = AdminPageChooser()
