"""Who may change the office's entries: administrators of the unit they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from sites.people.models import Role
from sites.people.roles import has_role, roles_of, units_with_role

ACTIONS = {"add", "change", "delete", "view"}


class UnitOfficePolicy(BasePermissionPolicy):
    """Portal administrators manage the entries of their units; superusers all of them, and those
    of the whole installation (no unit)."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether a person may do this with some entry."""
        if user.is_superuser and user.is_active:
            return True
        return action in ACTIONS and bool(units_with_role(user, Role.ADMINISTRATOR))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether a person may do any of these with some entry."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """Whether a person may do this with one entry."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """Whether a person may do any of these with one entry."""
        return bool(set(actions) & ACTIONS) and has_role(user, instance.unit_id, Role.ADMINISTRATOR)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """The entries with which a person may do any of these. One condition."""
        everything = self.model._default_manager
        if user.is_superuser and user.is_active:
            return everything.all()
        if not set(actions) & ACTIONS:
            return everything.none()
        return everything.filter(unit__in=units_with_role(user, Role.ADMINISTRATOR))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        """People who may do any of these with some entry."""
        allowed = Q(is_superuser=True)
        if set(actions) & ACTIONS:
            allowed |= Q(memberships__role=Role.ADMINISTRATOR)
        return get_user_model()._default_manager.filter(allowed, is_active=True).distinct()


def reads_reports(user: Any) -> bool:
    """Whether a person may read what was searched somewhere: any member of a unit."""
    return bool(user.is_active and (user.is_superuser or roles_of(user)))
