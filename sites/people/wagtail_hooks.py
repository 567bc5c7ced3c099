"""Who may do what with pages."""

from __future__ import annotations

from wagtail import hooks
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from .policies import UnitPagePolicy
from .viewsets import MembershipViewSet

register_permission_policy(AbstractPage, UnitPagePolicy())


@hooks.register("register_admin_viewset")
def memberships() -> MembershipViewSet:
    """Roles, for the portal office."""
    return MembershipViewSet("memberships")
